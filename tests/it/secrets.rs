//! What is secret or about persons stays out of the logs, even when they tell everything.

use focalnet_contract::proto::{
    AddPersonRequest, Case, ChangePasswordRequest, CreateCaseRequest, CreateFreezingRequestRequest,
    CreateUserRequest, LoginRequest, Person, RefreshTokenRequest, RequestContent, Tokens, User,
};
use focalnet_domain::freezing_request::ActKind;
use rustix::process::Signal;
use tonic::{Code, Status};

use crate::support::{
    actor::{Actor, Bearer, Clients},
    cast::{PASSWORD, login},
    content::complete,
    new_id,
    program::Program,
    refusals::refused,
    server::connect,
    world::World,
};

/// A server that logs all it can, and what must not stand in its log.
struct Watched {
    world: World,
    program: Program,
    nobody: Clients,
    canaries: Vec<(&'static str, String)>,
}

impl Watched {
    async fn new() -> Self {
        let world = World::new().await;
        let mut environment = world.base.environment(&world.database);
        environment.insert("FOCALNET__LOG__FILTER".into(), "trace".into());
        let program = Program::start(&["serve"], environment);
        let channel = connect(program.endpoint().trim_start_matches("http://"));
        Self { world, program, nobody: Clients::of_nobody(&channel), canaries: Vec::new() }
    }

    /// A text that nobody else writes.
    fn canary(&mut self, what: &'static str) -> String {
        let text = format!("zqx{}", &new_id()[..8]);
        self.keeps(what, &text);
        text
    }

    fn keeps(&mut self, what: &'static str, text: &str) {
        self.canaries.push((what, text.into()));
    }

    fn keeps_tokens(&mut self, tokens: &Tokens) {
        self.keeps("an access token", &tokens.access_token);
        self.keeps("a refresh token", &tokens.refresh_token);
    }

    /// One of the cast, who calls this server.
    fn at(&self, mut who: Actor) -> Actor {
        who.clients.channel = self.nobody.channel.clone();
        who
    }

    async fn signs_in(&mut self, login_name: &str, password: &str) -> Clients {
        let tokens = login(&self.nobody.channel, login_name, password).await;
        self.keeps_tokens(&tokens);
        Clients { channel: self.nobody.channel.clone(), bearer: Bearer::new(&tokens.access_token) }
    }

    async fn accounts(&mut self) {
        let deputy = self.world.portugal().deputy().login;
        self.keeps("a password", PASSWORD);
        self.signs_in(&deputy, PASSWORD).await;
        let tokens = login(&self.nobody.channel, &deputy, PASSWORD).await;
        self.keeps_tokens(&tokens);
        let refresh = RefreshTokenRequest { refresh_token: tokens.refresh_token };
        let tokens = self.nobody.auth().refresh_token(refresh).await.unwrap().into_inner();
        self.keeps_tokens(&tokens);
        for known in [deputy, self.canary("a login that does not exist")] {
            let wrong = LoginRequest { login: known, password: self.canary("a wrong password") };
            assert_eq!(refused(self.nobody.auth().login(wrong).await).0, Code::Unauthenticated);
        }

        let admin = self.at(self.world.portugal().admin());
        let login_name = self.canary("a login");
        let user = User {
            organization: self.world.portugal().name().into(),
            login: login_name.clone(),
            display_name: self.canary("the name of a user"),
            ..User::default()
        };
        let create = |user: &User| CreateUserRequest { user: Some(user.clone()), request_id: new_id() };
        let made = admin.users().create_user(create(&user)).await.unwrap().into_inner();
        self.keeps("a one-time code", &made.one_time_code);
        // Where the store refuses, its own words would quote the row.
        assert_eq!(refused(admin.users().create_user(create(&user)).await).0, Code::AlreadyExists);
        let newcomer = self.signs_in(&login_name, &made.one_time_code).await;
        let new_password = format!("7 {} lanterns", self.canary("a new password"));
        let change = ChangePasswordRequest { current_password: made.one_time_code, new_password };
        let tokens = newcomer.auth().change_password(change).await.unwrap().into_inner();
        self.keeps_tokens(&tokens);
    }

    async fn request(&mut self) {
        let officer = self.at(self.world.registry().officer());
        let case = Case {
            situation_number: "ICC-01/05".into(),
            case_number: "ICC-01/05-07/77".into(),
            display_name: self.canary("the name of a case"),
            ..Case::default()
        };
        self.keeps("the number of a case", &case.case_number);
        let create = CreateCaseRequest { case: Some(case), request_id: new_id() };
        let case = officer.cases().create_case(create).await.unwrap().into_inner().name;
        for (birth_date, expected) in [
            ("1962-11-04", Ok(())),
            ("1962-11", Ok(())),
            ("1962", Ok(())),
            ("4 November", Err(Code::InvalidArgument)),
        ] {
            let person = Person {
                family_name: self.canary("the name of a person"),
                birth_date: birth_date.into(),
                ..Person::default()
            };
            let add = AddPersonRequest { parent: case.clone(), person: Some(person), request_id: new_id() };
            let told = officer.cases().add_person(add).await;
            if let Ok(person) = &told {
                assert_eq!(person.get_ref().birth_date, birth_date, "it is kept as it was given");
            }
            assert_eq!(told.map(|_| ()).map_err(|status: Status| status.code()), expected);
        }

        let content = RequestContent {
            grounds: self.canary("the grounds of a request"),
            executing_authority: self.canary("the name of an authority"),
            ..complete(&self.world.cast().person)
        };
        let portugal = self.at(self.world.portugal().focal_point());
        let mut request = officer.drafts_to(self.world.portugal().name()).await.unwrap();
        (request.content, request.name) = (Some(content), String::new());
        let create = CreateFreezingRequestRequest { freezing_request: Some(request), request_id: new_id() };
        let created = officer.requests().create_freezing_request(create).await.unwrap().into_inner();
        officer.does(ActKind::MarkReady, &created.name).await.unwrap();
        officer.does(ActKind::Transmit, &created.name).await.unwrap();
        self.at(self.world.registry().approver()).approves(&created.name).await.unwrap();
        portugal.does(ActKind::Acknowledge, &created.name).await.unwrap();
        portugal.exports(&created.name).await.unwrap();
    }
}

#[tokio::test]
async fn nothing_secret_stands_in_a_log_that_tells_everything() {
    let mut watched = Watched::new().await;
    Box::pin(watched.accounts()).await;
    Box::pin(watched.request()).await;
    let Watched { world, program, canaries, .. } = watched;
    let log = program.stops(Signal::TERM).err;
    assert!(log.contains("TRACE") && log.contains("CreateFreezingRequest"), "it told everything");
    let database = world.base.logged_since(0);
    for (what, canary) in canaries {
        let line = log.lines().find(|line| line.contains(&canary));
        assert_eq!(line, None, "{what} ({canary})");
        assert!(!database.contains(&canary), "{what} in the database's log");
    }
}
