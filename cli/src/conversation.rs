//! The client in conversation with a server of a few lines: what it sends, and what it does when that goes wrong.

use std::{
    collections::VecDeque,
    convert::Infallible,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::Duration,
};

use focalnet_contract::{
    catalogue,
    client::{
        DynamicCodec, Exit,
        call::Client,
        failure::Failure,
        session::{Session, SessionFile},
    },
};
use prost_reflect::{DynamicMessage, SerializeOptions};
use serde_json::{Value, json};
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{
    Code, Request, Response, Status,
    codegen::{BoxFuture, Service, http},
    server::{Grpc, NamedService, UnaryService},
};
use tonic_types::{ErrorDetails, StatusExt};

use super::{derive, execute, inputs::Invocation, value};

/// What was called, with which token and message; and what will be answered.
#[derive(Clone, Default)]
struct Script {
    heard: Arc<Mutex<Vec<(String, String, Value)>>>,
    answers: Arc<Mutex<VecDeque<Result<Value, Status>>>>,
}

impl Script {
    fn answer(
        &self,
        name: &str,
        token: &str,
        message: &DynamicMessage,
    ) -> Result<Response<DynamicMessage>, Status> {
        let options = SerializeOptions::new().use_proto_field_name(true);
        let message = message.serialize_with_options(serde_json::value::Serializer, &options).unwrap();
        self.heard.lock().unwrap().push((name.to_owned(), token.to_owned(), message));
        let answer = self
            .answers
            .lock()
            .unwrap()
            .pop_front()
            .unwrap_or_else(|| Err(Status::internal("off the script")))?;
        let output = catalogue::method(name).unwrap().output();
        Ok(Response::new(value::parse(output, &answer.to_string()).unwrap()))
    }
}

struct Handler(Script, String);

impl UnaryService<DynamicMessage> for Handler {
    type Response = DynamicMessage;
    type Future = BoxFuture<Response<DynamicMessage>, Status>;

    fn call(&mut self, request: Request<DynamicMessage>) -> Self::Future {
        let token = request.metadata().get("authorization").map_or("", |token| token.to_str().unwrap());
        let answer = self.0.answer(&self.1, token, request.get_ref());
        Box::pin(async { answer })
    }
}

macro_rules! fake {
    ($($fake:ident $name:literal),*) => { $(
        #[derive(Clone)]
        struct $fake(Script);

        impl NamedService for $fake {
            const NAME: &'static str = $name;
        }

        impl Service<http::Request<tonic::body::Body>> for $fake {
            type Response = http::Response<tonic::body::Body>;
            type Error = Infallible;
            type Future = BoxFuture<Self::Response, Infallible>;

            fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
                Poll::Ready(Ok(()))
            }

            fn call(&mut self, request: http::Request<tonic::body::Body>) -> Self::Future {
                let name = request.uri().path().rsplit('/').next().unwrap().to_owned();
                let codec = DynamicCodec(catalogue::method(&name).unwrap().input());
                let handler = Handler(self.0.clone(), name);
                Box::pin(async move { Ok(Grpc::new(codec).unary(handler, request).await) })
            }
        }
    )* };
}

fake!(Auth "focalnet.v1.AuthService", Cases "focalnet.v1.CaseService", Requests "focalnet.v1.FreezingRequestService");

struct Talk {
    script: Script,
    client: Client,
    file: SessionFile,
    _folder: tempfile::TempDir,
}

impl Talk {
    async fn with(answers: impl IntoIterator<Item = Result<Value, Status>>) -> Self {
        let script = Script::default();
        script.answers.lock().unwrap().extend(answers);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let server = tonic::transport::Server::builder()
            .add_service(Auth(script.clone()))
            .add_service(Cases(script.clone()))
            .add_service(Requests(script.clone()));
        tokio::spawn(server.serve_with_incoming(TcpListenerStream::new(listener)));
        let folder = tempfile::tempdir().unwrap();
        let file = SessionFile::within(folder.path(), "default").unwrap();
        let (access_token, refresh_token) = ("old".to_owned(), "r1".to_owned());
        file.save(&Session { endpoint, ca: None, access_token, refresh_token }).unwrap();
        let client = Client::with(file.clone(), None, None).unwrap();
        Self { script, client, file, _folder: folder }
    }

    async fn run(&mut self, name: &str, args: &[&str]) -> Result<Value, Failure> {
        let call = Invocation::new(catalogue::method(name).unwrap());
        let matches = derive::verb(&call).try_get_matches_from([&["verb"], args].concat()).unwrap();
        let answer = execute::answer(&mut self.client, &call, &matches).await?;
        Ok(serde_json::to_value(&answer).unwrap())
    }

    fn heard(&self) -> Vec<(String, String, Value)> {
        self.script.heard.lock().unwrap().clone()
    }

    fn names(&self) -> Vec<String> {
        self.heard().into_iter().map(|(name, ..)| name).collect()
    }
}

fn refused(code: Code, reason: &str) -> Status {
    let info =
        ErrorDetails::with_error_info(reason, "focalnet", std::collections::HashMap::<String, String>::new());
    Status::with_error_details(code, reason, info)
}

#[tokio::test]
async fn the_same_request_id_until_the_server_is_back() {
    let away = Status::with_error_details(
        Code::Unavailable,
        "store",
        ErrorDetails::with_retry_info(Some(Duration::from_millis(1))),
    );
    let mut talk = Talk::with([Err(away.clone()), Err(away), Ok(json!({"name": "cases/1"}))]).await;
    talk.run("CreateCase", &["--case-number", "C"]).await.unwrap();
    let ids: Vec<_> = talk.heard().into_iter().map(|(_, _, message)| message["request_id"].clone()).collect();
    assert_eq!(ids.len(), 3);
    assert!(ids.iter().all(|id| id.as_str().is_some_and(|id| id.len() == 36) && *id == ids[0]), "{ids:?}");
}

#[tokio::test]
async fn an_act_that_fails_for_good_tells_its_request_id() {
    let away = ErrorDetails::with_retry_info(Some(Duration::from_hours(1)));
    let mut talk = Talk::with([Err(Status::with_error_details(Code::Unavailable, "store", away))]).await;
    let failure = talk.run("CreateCase", &["--request-id", "the-id"]).await.unwrap_err();
    assert_eq!(failure.exit(), Exit::Unavailable);
    assert!(format!("{failure:?}").contains("--request-id the-id"));
}

#[tokio::test]
async fn a_session_is_continued() {
    let tokens = json!({"access_token": "new", "refresh_token": "r2"});
    let over = Err(refused(Code::Unauthenticated, "NOT_SIGNED_IN"));
    let mut talk = Talk::with([over, Ok(tokens), Ok(json!({"name": "cases/1"}))]).await;
    talk.run("GetCase", &["cases/1"]).await.unwrap();
    let heard = talk.heard();
    assert_eq!(talk.names(), ["GetCase", "RefreshToken", "GetCase"]);
    assert_eq!([&heard[0].1, &heard[1].1, &heard[2].1], ["Bearer old", "", "Bearer new"]);
    assert_eq!(heard[1].2, json!({"refresh_token": "r1"}));
    assert_eq!(talk.file.load().unwrap().unwrap().refresh_token, "r2");
}

#[tokio::test]
async fn a_session_that_another_process_continued_is_taken_over() {
    let over = Err(refused(Code::Unauthenticated, "NOT_SIGNED_IN"));
    let mut talk = Talk::with([over, Ok(json!({"name": "cases/1"}))]).await;
    let mut newer = talk.file.load().unwrap().unwrap();
    newer.access_token = "newer".to_owned();
    talk.file.save(&newer).unwrap();
    talk.run("GetCase", &["cases/1"]).await.unwrap();
    assert_eq!(talk.names(), ["GetCase", "GetCase"]);
    assert_eq!(talk.heard()[1].1, "Bearer newer");
}

#[tokio::test]
async fn tokens_stay_with_their_server() {
    let talk = Talk::with([]).await;
    let mut other = Client::with(talk.file.clone(), Some("http://127.0.0.1:1".to_owned()), None).unwrap();
    let get = catalogue::method("GetSelf").unwrap();
    let failure = other.call(&get, &DynamicMessage::new(get.input())).await.unwrap_err();
    assert_eq!(failure.exit(), Exit::NotSignedIn);
}

#[tokio::test]
async fn an_act_without_etag_reads_first() {
    let read = json!({"name": "freezingRequests/1", "etag": "\"e1\""});
    let mut talk = Talk::with([Ok(read.clone()), Ok(read)]).await;
    talk.run("TransmitFreezingRequest", &["freezingRequests/1", "--reference", "NV/1"]).await.unwrap();
    assert_eq!(talk.names(), ["GetFreezingRequest", "TransmitFreezingRequest"]);
    assert_eq!(talk.heard()[1].2["etag"], "\"e1\"");
}

#[tokio::test]
async fn what_has_no_get_is_found_in_its_list() {
    let first = json!({"persons": [{"name": "cases/1/persons/1", "etag": "a"}], "next_page_token": "t"});
    let second = json!({"persons": [{"name": "cases/1/persons/2", "etag": "b"}]});
    let mut talk = Talk::with([Ok(first), Ok(second), Ok(json!({}))]).await;
    talk.run("UpdatePersonStatus", &["cases/1/persons/2", "--status", "acquitted"]).await.unwrap();
    let heard = talk.heard();
    assert_eq!(heard[0].2, json!({"parent": "cases/1"}));
    assert_eq!(heard[1].2, json!({"parent": "cases/1", "page_token": "t"}));
    assert_eq!(heard[2].2["etag"], "b");
}

#[tokio::test]
async fn an_update_of_a_part_keeps_the_rest() {
    let content = json!({"grounds": "old", "crimes": "kept"});
    let read =
        json!({"name": "freezingRequests/1", "etag": "e", "content": content, "measures": ["MEASURE_TRACE"]});
    let mut talk = Talk::with([Ok(read.clone()), Ok(read)]).await;
    talk.run("UpdateFreezingRequest", &["freezingRequests/1", "--content.grounds", "new"]).await.unwrap();
    let mut sent = talk.heard().remove(1).2;
    sent["request_id"].take();
    let content = json!({"grounds": "new", "crimes": "kept"});
    let request = json!({"name": "freezingRequests/1", "content": content});
    let expected =
        json!({"freezing_request": request, "update_mask": "content", "etag": "e", "request_id": null});
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn all_pages_become_one() {
    let first = json!({"cases": [{"name": "cases/1"}], "next_page_token": "t"});
    let mut talk = Talk::with([Ok(first), Ok(json!({"cases": [{"name": "cases/2"}]}))]).await;
    let answer = talk.run("ListCases", &["--all"]).await.unwrap();
    assert_eq!(answer, json!({"cases": [{"name": "cases/1"}, {"name": "cases/2"}]}));
}

#[tokio::test]
async fn tokens_go_to_the_file_and_not_to_the_screen() {
    let tokens = json!({"access_token": "new", "refresh_token": "r2", "password_change_required": true});
    let mut talk = Talk::with([Ok(tokens)]).await;
    let login = catalogue::method("Login").unwrap();
    let answer = talk.client.call(&login, &DynamicMessage::new(login.input())).await.unwrap();
    assert_eq!(serde_json::to_value(&answer).unwrap(), json!({"passwordChangeRequired": true}));
    assert_eq!(talk.heard()[0].1, "");
    assert_eq!(talk.file.load().unwrap().unwrap().access_token, "new");
}
