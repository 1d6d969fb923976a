//! The watch list for days, in no time: the core, its file and whoever drives it are real; the clock and the name
//! servers' answers are not.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/no_service.rs"]
mod no_service;
mod support;
#[path = "watching/world.rs"]
mod world;

use adapters::WatchFile;
use domain_check::{Status, Verdict, public_resolvers};
use signpost_desktop::watching::AT_ONCE;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::sleep;
use vocabulary::StepId;
use wizard::portal::Edit;
use wizard::ports::Comparison;
use wizard::steps::{Proof, StepState};
use wizard::watching::WatchState;
use wizard::{Backend, FailureCode, NewProject, Project, ProjectView, Watcher};
use world::{FAILURES, HOUR, ID, LABEL, TOKEN, World};

#[tokio::test(start_paused = true)]
async fn a_record_is_watched_for_three_days_and_the_news_is_told_once() {
    let world = World::new();
    let running = world.start();
    running.watch("contoso.test");
    sleep(71 * HOUR).await;
    let looks = world.answers.asked();
    assert!((160..175).contains(&looks), "{looks}");
    assert_eq!(running.news(), [], "nothing has changed");
    world.answers.say("contoso.test", Status::Right);
    sleep(2 * HOUR).await;
    assert_eq!(running.news(), [("contoso.test".to_owned(), Verdict::Verified)]);
    let settled = world.answers.asked();
    sleep(48 * HOUR).await;
    assert_eq!(world.answers.asked(), settled, "what is right is not looked for any more");
    assert!(matches!(running.only().state, WatchState::Settled { .. }));
    for failure in FAILURES {
        world.answers.say("contoso.test", failure);
        running.watching.watcher.look(&running.only().id).await.unwrap();
        assert!(matches!(running.only().state, WatchState::Settled { .. }), "{failure:?} takes nothing back");
    }
    assert_eq!(running.news().len(), 1);
    world.answers.say("contoso.test", Status::Missing);
    running.watching.watcher.look(&running.only().id).await.unwrap();
    assert!(
        matches!(running.only().state, WatchState::Waiting { .. }),
        "a record that is gone is watched again"
    );
    let counts: Vec<u32> = running.only().looks.iter().map(|looks| looks.count).collect();
    assert_eq!(counts[1], 1);
    let told = running.news().len();
    for failure in FAILURES {
        world.answers.say("contoso.test", failure);
        running.watching.watcher.look(&running.only().id).await.unwrap();
        assert!(matches!(running.only().state, WatchState::Waiting { .. }), "{failure:?} proves nothing");
    }
    assert_eq!(running.news().len(), told, "nothing new is known");
}

#[tokio::test(start_paused = true)]
async fn resolvers_are_asked_when_the_name_servers_agree_and_not_before() {
    for (whom, times) in [(public_resolvers(), 1), (Vec::new(), 0)] {
        let world = World::new();
        let resolvers = whom.clone();
        let store = Arc::new(WatchFile::new(world.file()));
        let watcher = Watcher::open(Arc::clone(&world.wizard), store)
            .comparing(move || Comparison { public: resolvers.clone(), ..Comparison::nobody() });
        let running = world.start_with(Arc::new(watcher));
        running.watch("contoso.test");
        sleep(3 * HOUR).await;
        world.answers.say("contoso.test", Status::WrongValue);
        sleep(3 * HOUR).await;
        assert_eq!(*world.answers.compared.lock().unwrap(), [], "nothing to find for a resolver yet");
        world.answers.say("contoso.test", Status::Right);
        sleep(24 * HOUR).await;
        let once = ("contoso.test".to_owned(), Verdict::Verified, whom.len());
        assert_eq!(*world.answers.compared.lock().unwrap(), vec![once; times]);
        running.end().await;
    }
}

#[tokio::test(start_paused = true)]
async fn days_later_nothing_has_expired() {
    let world = World::new();
    let running = world.start();
    running.watch("contoso.test");
    sleep(20 * 24 * HOUR).await;
    let before = world.answers.asked();
    sleep(5 * 24 * HOUR).await;
    assert_eq!(world.answers.asked() - before, 5, "once a day");
    assert!(matches!(running.only().state, WatchState::Waiting { .. }));
}

#[tokio::test(start_paused = true)]
async fn a_computer_that_wakes_up_looks_once_at_each_and_at_few_beside_each_other() {
    let world = World::new();
    let running = world.start();
    let domains: Vec<String> = (0..40).map(|number| format!("d{number}.test")).collect();
    for domain in &domains {
        running.watch(domain);
    }
    sleep(HOUR).await;
    let before = world.answers.asked();
    world.clock.slept.fetch_add(9 * 3600, Ordering::SeqCst);
    sleep(Duration::from_secs(60)).await;
    let woken: Vec<String> =
        world.answers.asked.lock().unwrap()[before..].iter().map(|(domain, _)| domain.clone()).collect();
    assert_eq!(woken.len(), domains.len(), "each once, however many looks were slept through");
    assert!(domains.iter().all(|domain| woken.contains(domain)));
    assert!(world.answers.most.load(Ordering::SeqCst) <= AT_ONCE);
    assert_eq!(running.news(), []);
}

#[tokio::test(start_paused = true)]
async fn the_list_survives_the_end_of_the_program_and_goes_on_where_it_was() {
    let world = World::new();
    let running = world.start();
    running.watch("contoso.test");
    running.watch("paused.test");
    running.watching.watcher.pause(&format!("{LABEL}.paused.test {TOKEN}"), true).unwrap();
    sleep(10 * HOUR).await;
    running.end().await;
    let before = world.answers.asked();
    sleep(30 * HOUR).await;
    assert_eq!(world.answers.asked(), before);
    let again = world.start();
    sleep(Duration::from_secs(30)).await;
    let asked = world.answers.asked.lock().unwrap()[before..].to_vec();
    assert_eq!(asked.len(), 1, "one look is due, not thirty: {asked:?}");
    assert_eq!(asked[0].0, "contoso.test");
    world.answers.say("contoso.test", Status::WrongValue);
    sleep(2 * HOUR).await;
    assert_eq!(again.news(), [("contoso.test".to_owned(), Verdict::Problem)]);
}

#[tokio::test(start_paused = true)]
async fn many_records_do_not_write_the_list_with_each_look_and_news_is_written_at_once() {
    let world = World::new();
    let running = world.start();
    for number in 0..40 {
        running.watch(&format!("d{number}.test"));
    }
    let file = world.file();
    let (mut written, mut last) = (0, String::new());
    for _ in 0..600 {
        sleep(Duration::from_millis(100)).await;
        let now = std::fs::read_to_string(&file).unwrap();
        written += u32::from(now != last);
        last = now;
    }
    let looks = world.answers.asked();
    assert!(looks >= 100 && written <= 12, "{written} times in a minute, {looks} looks");
    assert!(!last.contains("\"looked_at\": null"), "at rest, everything is written");
    world.answers.say("d7.test", Status::Right);
    while running.news().is_empty() {
        sleep(Duration::from_millis(100)).await;
    }
    assert!(std::fs::read_to_string(&file).unwrap().contains("\"settled_at\": \""));
}

#[tokio::test(start_paused = true)]
async fn a_network_that_comes_and_goes_is_no_news() {
    let world = World::new();
    let running = world.start();
    running.watch("contoso.test");
    for status in [Status::Missing, Status::Silent, Status::Missing, Status::Silent] {
        world.answers.say("contoso.test", status);
        sleep(HOUR).await;
    }
    assert_eq!(running.news(), []);
    assert_eq!(running.only().looks.len(), 4, "the attempts show it");
    world.answers.say("contoso.test", Status::WrongValue);
    sleep(HOUR).await;
    assert_eq!(running.news().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_rests_or_was_taken_off_is_not_looked_at_and_comes_back() {
    let world = World::new();
    let running = world.start();
    running.watch("contoso.test");
    sleep(Duration::from_secs(5)).await;
    let (watcher, id) = (&running.watching.watcher, running.only().id);
    watcher.pause(&id, true).unwrap();
    sleep(HOUR).await;
    assert_eq!(world.answers.asked(), 1);
    watcher.remove(&id).unwrap();
    assert_eq!(watcher.view().entries, []);
    watcher.restore().unwrap();
    assert_eq!(running.only().state, WatchState::Paused);
    assert_eq!(running.only().looks[0].count, 1, "its attempts came back with it");
    watcher.look(&id).await.unwrap();
    assert_eq!(world.answers.asked(), 2, "whoever asks is answered");
    watcher.pause(&id, false).unwrap();
    running.watching.changed();
    sleep(Duration::from_secs(290)).await;
    assert!((14..=17).contains(&world.answers.asked()), "somebody waits again: {}", world.answers.asked());
}

#[tokio::test(start_paused = true)]
async fn a_look_that_ends_after_its_record_was_taken_off_brings_nothing_back() {
    let world = World::new();
    let watcher = world.open();
    let id = watcher.watch_record("contoso.test", LABEL, Some(TOKEN), None).unwrap().entries[0].id.clone();
    let (look, ()) = tokio::join!(watcher.look(&id), async {
        sleep(Duration::from_millis(100)).await;
        assert_eq!(watcher.view().entries[0].state, WatchState::Looking);
        watcher.remove(&id).unwrap();
    });
    assert_eq!(look.unwrap(), None);
    assert_eq!(watcher.view().entries, []);
}

/// A project with a domain whose record was pasted from the portal.
async fn project(world: &World) -> Project {
    let new = NewProject {
        organization: "Contoso Ltd".into(),
        admin_email: "jonas.weber@contoso.test".into(),
        service: "parallels-my-account".into(),
        idp: "entra".into(),
        backend: Backend::Portal,
    };
    world.wizard.create(ID.into(), new, None).await.unwrap();
    world.wizard.add_domains(ID, "contoso.test").await.unwrap();
    let value = Edit::TxtValue { domain: "contoso.test".into(), value: TOKEN.into() };
    world.wizard.edit_portal(ID, value).unwrap().project
}

#[tokio::test(start_paused = true)]
async fn a_domain_of_a_project_is_watched_until_its_record_is_right() {
    let world = World::new();
    let notes = project(&world).await.history.len();
    let running = world.start();
    running.watching.watcher.watch_project_domain(ID, "contoso.test").unwrap();
    running.watching.changed();
    sleep(3 * HOUR).await;
    world.answers.say("contoso.test", Status::Right);
    sleep(HOUR).await;
    assert_eq!(running.news(), [("contoso.test".to_owned(), Verdict::Verified)]);
    let project = world.wizard.open(ID).unwrap().project;
    let entry = project.domains.entry("contoso.test").unwrap();
    assert_eq!(entry.report.as_ref().unwrap().verdict, Verdict::Verified);
    assert_eq!(entry.looks.len(), 2);
    assert_eq!(project.history.len(), notes, "a watch does not fill the history");
    assert!(matches!(running.only().state, WatchState::Settled { .. }));
    world.wizard.remove_domain(ID, "contoso.test").await.unwrap();
    running.watching.watcher.forget_project_domain(ID, "contoso.test").unwrap();
    assert_eq!(running.watching.watcher.view().entries, []);
}

#[tokio::test(start_paused = true)]
async fn an_accepted_record_that_is_gone_is_watched_by_itself_and_told() {
    let world = World::new();
    project(&world).await;
    world.answers.say("contoso.test", Status::Right);
    world.wizard.check_domain(ID, "contoso.test").await.unwrap();
    let accepted = Edit::Verified { domain: "contoso.test".into(), seen: true };
    world.wizard.edit_portal(ID, accepted).unwrap();
    let running = world.start();
    sleep(HOUR).await;
    assert_eq!(running.watching.watcher.view().entries, [], "nobody has to watch what is accepted");
    for failure in FAILURES {
        world.answers.say("contoso.test", failure);
        let view = world.wizard.check_domain(ID, "contoso.test").await.unwrap();
        assert!(is_done_by_evidence(&view), "{failure:?} takes nothing back");
    }
    sleep(HOUR).await;
    assert_eq!(running.news(), []);

    world.answers.say("contoso.test", Status::Missing);
    world.wizard.check_domain(ID, "contoso.test").await.unwrap();
    sleep(Duration::from_secs(1)).await;
    assert_eq!(running.news(), [("contoso.test".to_owned(), Verdict::Waiting)]);
    assert_eq!(running.lost(), 1);
    let before = world.answers.asked();
    sleep(Duration::from_secs(290)).await;
    assert!(world.answers.asked() - before >= 14, "as often as at the beginning");
    assert_eq!(running.news().len(), 1, "told once");
    for failure in FAILURES {
        world.answers.say("contoso.test", failure);
        sleep(HOUR).await;
        assert!(
            matches!(running.only().state, WatchState::Waiting { .. }),
            "{failure:?} brings nothing back"
        );
    }
    world.answers.say("contoso.test", Status::Missing);
    sleep(HOUR).await;
    assert_eq!(running.news().len(), 1, "it is gone as before");

    world.answers.say("contoso.test", Status::Right);
    sleep(HOUR).await;
    assert_eq!(running.news()[1..], [("contoso.test".to_owned(), Verdict::Verified)]);
    let settled = world.answers.asked();
    sleep(100 * HOUR).await;
    assert_eq!(world.answers.asked() - settled, 4, "it has to stay: once a day");
    world.answers.say("contoso.test", Status::Missing);
    sleep(25 * HOUR).await;
    assert_eq!((running.news().len(), running.lost()), (3, 2));
    assert!(matches!(running.only().state, WatchState::Waiting { .. }));
}

fn is_done_by_evidence(view: &ProjectView) -> bool {
    let domains = view.steps.iter().find(|step| step.step == StepId::Domains).unwrap();
    matches!(domains.state, StepState::Done { by: Proof::Evidence, .. })
}

#[tokio::test(start_paused = true)]
async fn an_accepted_record_that_nobody_watches_is_looked_at_daily_and_its_loss_is_told() {
    let world = World::new();
    project(&world).await;
    world.answers.say("contoso.test", Status::Right);
    world.wizard.check_domain(ID, "contoso.test").await.unwrap();
    let accepted = Edit::Verified { domain: "contoso.test".into(), seen: true };
    world.wizard.edit_portal(ID, accepted).unwrap();
    let notes = world.wizard.open(ID).unwrap().project.history.len();
    let running = world.start();
    let before = world.answers.asked();
    sleep(96 * HOUR + HOUR).await;
    assert_eq!(world.answers.asked() - before, 4, "once a day");
    for failure in FAILURES {
        world.answers.say("contoso.test", failure);
        sleep(24 * HOUR).await;
    }
    assert_eq!(world.answers.asked() - before, 9, "no more often where nothing can be seen");
    assert_eq!((running.news(), running.watching.watcher.view().entries), (vec![], vec![]));
    assert_eq!(world.wizard.open(ID).unwrap().project.history.len(), notes, "that fills no history");
    running.end().await;

    sleep(10 * 24 * HOUR).await;
    let before = world.answers.asked();
    world.answers.say("contoso.test", Status::Missing);
    let again = world.start();
    sleep(Duration::from_secs(60)).await;
    assert_eq!(again.news(), [("contoso.test".to_owned(), Verdict::Waiting)], "soon after the start");
    assert_eq!(again.lost(), 1);
    assert!(matches!(again.only().state, WatchState::Waiting { .. }));
    assert!((2..=4).contains(&(world.answers.asked() - before)), "it is watched from then on");

    let (watcher, id) = (&again.watching.watcher, again.only().id);
    watcher.pause(&id, true).unwrap();
    let before = world.answers.asked();
    sleep(72 * HOUR).await;
    assert_eq!(world.answers.asked(), before, "who says that it rests is obeyed");
}

#[tokio::test(start_paused = true)]
async fn a_damaged_list_is_set_aside_and_a_newer_one_left_alone() {
    let world = World::new();
    let file = world.file();
    std::fs::write(&file, "{\"schema\": 1, \"entries\": 3}").unwrap();
    let watcher = world.open();
    assert_eq!(watcher.view().problem, Some(FailureCode::WatchListDamaged));
    watcher.watch_record("contoso.test", LABEL, None, None).unwrap();
    assert_eq!(watcher.view().problem, None);
    let kept = std::fs::read_dir(world.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(kept.into_iter().any(|name| name.to_string_lossy().contains("damaged")));
    let newer = "{\"schema\": 2, \"things\": []}";
    std::fs::write(&file, newer).unwrap();
    let watcher = world.open();
    let refused = watcher.watch_record("contoso.test", LABEL, None, None).unwrap_err();
    assert_eq!(refused.code, FailureCode::WatchListNewer);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), newer);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_a_domain_is_refused_and_the_list_has_an_end() {
    let world = World::new();
    let watcher = world.open();
    let refused = watcher.watch_record("co.uk", LABEL, None, None).unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (FailureCode::InvalidInput, Some("domain")));
    for number in 0..wizard::watching::MOST {
        watcher.watch_record(&format!("d{number}.test"), LABEL, None, None).unwrap();
    }
    let full = watcher.watch_record("one-more.test", LABEL, None, None).unwrap_err();
    assert_eq!(full.code, FailureCode::WatchListFull);
    watcher.watch_record("d7.test", LABEL, None, None).unwrap();
    assert_eq!(watcher.view().entries.len(), wizard::watching::MOST, "the same is watched once");
}
