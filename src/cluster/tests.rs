use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
    sync::Mutex,
    thread::sleep,
    time::{Duration, Instant},
};

use super::{
    Cluster, Options,
    binaries::{major, missing},
    folder::scratch_folder,
    owner::Owner,
};

fn quiet(_: &str) {}

/// A folder for kept clusters that the server's owner can pass.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir_in(scratch_folder()).unwrap();
    let passable = std::os::unix::fs::PermissionsExt::from_mode(0o711);
    fs::set_permissions(folder.path(), passable).unwrap();
    folder
}

fn ask(cluster: &Cluster, sql: &str) -> String {
    let mut psql = Command::new("psql");
    psql.env_clear().env("PATH", "/usr/bin:/bin:/usr/local/bin").arg(cluster.url("postgres", "postgres"));
    let answer = psql.args(["-X", "-A", "-t", "-c", sql]).output().unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8(answer.stdout).unwrap().trim().to_owned()
}

fn gone_soon(path: &Path) -> bool {
    let deadline = Instant::now() + Duration::from_secs(20);
    while path.exists() && Instant::now() < deadline {
        sleep(Duration::from_millis(20));
    }
    !path.exists()
}

#[test]
fn a_throwaway_cluster_answers_and_leaves_nothing() {
    let mut options = Options::throwaway(scratch_folder());
    options.max_connections = 7;
    options.settings = vec!["work_mem=5MB".into()];
    let steps = Mutex::new(Vec::new());
    let cluster = Cluster::start(&options, &|step| steps.lock().unwrap().push(step.to_owned())).unwrap();
    assert_eq!(*steps.lock().unwrap(), ["creating the database cluster", "starting the database"]);
    let settings = "select concat_ws(' ', current_setting('fsync'), current_setting('max_connections'), \
                    current_setting('work_mem'), current_setting('timezone'), current_setting('listen_addresses'))";
    assert_eq!(ask(&cluster, settings), "off 7 5MB UTC");
    let home = cluster.home().to_owned();
    cluster.stop().unwrap();
    assert!(!home.exists());
}

#[test]
fn a_kept_cluster_keeps_what_it_was_told_and_has_one_process() {
    let folder = folder();
    let home = folder.path().join("new/cluster");
    assert!(Cluster::join(&home).unwrap().is_none());
    let first = Cluster::start(&Options::kept(&home), &quiet).unwrap();
    let checked = "select current_setting('fsync') || current_setting('data_checksums')";
    assert_eq!(ask(&first, checked), "onon");
    ask(&first, "create table kept as select 42 as answer");

    let refused = Cluster::start(&Options::kept(&home), &quiet).unwrap_err().to_string();
    assert!(refused.contains("database.url") && refused.contains("another process"), "{refused}");
    let joined = Cluster::join(&home).unwrap().unwrap();
    assert_eq!(ask(&joined, "select answer from kept"), "42");
    joined.stop().unwrap();
    assert_eq!(ask(&first, "select 1"), "1", "the end of a guest is not the end of the server");

    first.stop().unwrap();
    assert!(Cluster::join(&home).unwrap().is_none());
    let second = Cluster::start(&Options::kept(&home), &quiet).unwrap();
    assert_eq!(ask(&second, "select answer from kept"), "42");
}

#[test]
fn a_long_path_gets_a_short_socket() {
    let folder = folder();
    let home = folder.path().join("long".repeat(30));
    let cluster = Cluster::start(&Options::kept(&home), &quiet).unwrap();
    let socket = cluster.home.socket().to_owned();
    assert!(socket.exists() && !socket.starts_with(&home));
    assert_eq!(ask(&cluster, "select 1"), "1");
    drop(cluster);
    assert!(!socket.exists());
}

#[test]
fn a_folder_with_another_use_is_left_alone() {
    let folder = folder();
    fs::write(folder.path().join("letter"), "dear").unwrap();
    let error = Cluster::start(&Options::kept(folder.path()), &quiet).unwrap_err().to_string();
    assert!(error.contains("holds other things"), "{error}");
    assert!(!folder.path().join("cluster.lock").exists());
}

#[test]
fn a_server_that_cannot_start_says_why_and_leaves_nothing() {
    let folder = folder();
    let mut options = Options::throwaway(folder.path());
    options.settings = vec!["shared_buffers=plenty".into()];
    let error = Cluster::start(&options, &quiet).unwrap_err().to_string();
    assert!(error.contains("shared_buffers"), "{error}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// The process that `killed_processes_leave_nothing` starts and kills; without its variable it does nothing.
#[test]
fn run_until_killed() {
    let Some(home) = std::env::var_os("FOCALNET_TEST_CLUSTER") else { return };
    let options = if home.is_empty() { Options::throwaway(scratch_folder()) } else { Options::kept(home) };
    let cluster = Cluster::start(&options, &quiet).unwrap();
    println!("\nhome={}", cluster.home().display());
    sleep(Duration::from_mins(1));
}

fn run_and_kill(home: &Path) -> std::path::PathBuf {
    let name = module_path!().split_once("::").unwrap().1;
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("{name}::run_until_killed"), "--nocapture"])
        .env("FOCALNET_TEST_CLUSTER", home)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let home = lines.map(Result::unwrap).find_map(|line| line.strip_prefix("home=").map(Into::into)).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    home
}

#[test]
fn killed_processes_leave_nothing() {
    let home = run_and_kill(Path::new(""));
    assert!(gone_soon(&home), "{}", home.display());
}

#[test]
fn after_a_kill_the_next_start_waits_for_the_old_server_to_leave() {
    let folder = folder();
    let home = run_and_kill(&folder.path().join("cluster"));
    let cluster = Cluster::start(&Options::kept(home), &quiet).unwrap();
    assert_eq!(ask(&cluster, "select 1"), "1");
}

/// The main process of the server in a folder.
fn postmaster(home: &Path) -> rustix::process::Pid {
    let file = fs::read_to_string(home.join("data/postmaster.pid")).unwrap();
    rustix::process::Pid::from_raw(file.lines().next().unwrap().parse().unwrap()).unwrap()
}

fn kill(process: rustix::process::Pid) {
    rustix::process::kill_process(process, rustix::process::Signal::KILL).unwrap();
}

/// A killed process stays for a moment until somebody has noticed: a server must not be taken for alive meanwhile.
#[test]
fn after_all_were_killed_at_once_the_first_start_succeeds() {
    let folder = folder();
    let home = folder.path().join("cluster");
    for _ in 0..3 {
        let mut cluster = Cluster::start(&Options::kept(&home), &quiet).unwrap();
        assert_eq!(ask(&cluster, "select 1"), "1");
        kill(postmaster(&home));
        kill(rustix::process::Pid::from_child(cluster.keeper.as_ref().unwrap()));
        cluster.keeper.take().unwrap().wait().unwrap();
    }
    let cluster = Cluster::start(&Options::kept(&home), &quiet).unwrap();
    assert_eq!(ask(&cluster, "select 1"), "1");
}

#[test]
fn a_server_that_has_served_and_is_killed_is_started_again() {
    let folder = folder();
    let home = folder.path().join("cluster");
    let mut cluster = Cluster::start(&Options::kept(&home), &quiet).unwrap();
    ask(&cluster, "create table kept as select 42 as answer");
    sleep(Duration::from_secs(6));
    let first = postmaster(&home);
    kill(first);
    let deadline = Instant::now() + Duration::from_mins(1);
    let answers = || {
        let mut psql = Command::new("psql");
        psql.env_clear().env("PATH", "/usr/bin:/bin:/usr/local/bin").arg(cluster.url("postgres", "postgres"));
        psql.args(["-X", "-c", "select 1"]).output().unwrap().status.success()
    };
    while !(answers() && postmaster(&home) != first) {
        assert!(Instant::now() < deadline, "it does not come back");
        sleep(Duration::from_millis(50));
    }
    assert_eq!(ask(&cluster, "select answer from kept"), "42");
    assert!(cluster.lost().is_none());
    cluster.stop().unwrap();
}

/// One that dies at once each time is not started for ever: whoever runs it is told.
#[test]
fn a_server_that_dies_at_once_is_given_up() {
    let folder = folder();
    let home = folder.path().join("cluster");
    let mut cluster = Cluster::start(&Options::kept(&home), &quiet).unwrap();
    assert!(cluster.lost().is_none());
    let deadline = Instant::now() + Duration::from_mins(2);
    let error = loop {
        if let Some(error) = cluster.lost() {
            break error.to_string();
        }
        assert!(Instant::now() < deadline, "nobody is told");
        let process = fs::read_to_string(home.join("data/postmaster.pid")).unwrap_or_default();
        let process = process.lines().next().unwrap_or_default();
        // The file outlives the process, whose number may be another's by then.
        let name = fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default();
        if name.trim() == "postgres" {
            let number = rustix::process::Pid::from_raw(process.parse().unwrap()).unwrap();
            let _ = rustix::process::kill_process(number, rustix::process::Signal::KILL);
        }
        sleep(Duration::from_millis(50));
    };
    assert!(error.contains("the embedded PostgreSQL has ended") && error.contains("postgres.log"), "{error}");
}

#[test]
fn a_missing_server_is_one_line_with_both_ways_out() {
    let debian =
        missing(None, None, &["13 in /usr/lib/postgresql/13/bin".into()], "NAME=x\nID_LIKE=\"debian\"\n");
    assert_eq!(
        debian,
        "PostgreSQL 15 or newer was not found here (only 13 in /usr/lib/postgresql/13/bin): install it with \
         `sudo apt-get install postgresql`, or let `database.url` point to an existing server"
    );
    let other = missing(Some(Path::new("/opt/pg")), Some(17), &[], "ID=fedora\n");
    assert!(other.contains("PostgreSQL 17") && other.contains("in /opt/pg"), "{other}");
    assert!(!other.contains("apt-get") && other.contains("database.url"), "{other}");

    let mut options = Options::throwaway(scratch_folder());
    options.binaries = Some("/nonexistent".into());
    let error = Cluster::start(&options, &quiet).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
}

#[test]
fn versions_and_users_are_read_from_what_systems_write() {
    assert_eq!(major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
    assert_eq!(major("postgres (PostgreSQL) 19beta1"), Some(19));
    assert_eq!(major("something else"), None);
    let passwd = "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65533:nobody:/:/usr/sbin/nologin\n";
    let nobody = Owner::named("nobody", passwd).unwrap();
    assert_eq!((nobody.uid, nobody.gid), (65534, 65533));
    assert_eq!(Owner::named("postgres", passwd), None);
}

#[test]
fn urls_hold_any_name() {
    let cluster = Cluster::start(&Options::throwaway(scratch_folder()), &quiet).unwrap();
    let url = cluster.url("röle", "a/b?c");
    let socket = cluster.home().join("run").display().to_string().replace('/', "%2F");
    assert_eq!(url, format!("postgres://r%C3%B6le@localhost/a%2Fb%3Fc?host={socket}"));
}
