//! The typed boundary between the window and the shell, and where its TypeScript is written.

use crate::commands::domains::CheckProgress;
use crate::commands::scim::RehearsalProgress;
use crate::commands::{
    activation, app_registration, backup_login, certificates, domain_connect, domains, explain, groups,
    guide, helpdesk, keycloak, licence_keys, polis, portal, program, projects, record, resolvers, saml, scim,
    sign_in, steps, support, switching, together, users, watching,
};
use crate::given::FileGiven;
use crate::watching::{WatchListChanged, WatchNews, WatchOpened};
use crate::window::{Closing, FileDropped, FileHover};
use std::path::{Path, PathBuf};
use tauri_specta::{Builder, collect_commands, collect_events};

/// Every command and event.
pub fn builder() -> Builder<tauri::Wry> {
    // Every type that crosses has one shape, whichever way it goes.
    Builder::new()
        .disable_serde_phases()
        .commands(collect_commands![
            program::start,
            program::set_appearance,
            program::remember_screen,
            program::copy_text,
            program::open_url,
            program::show_projects_folder,
            program::show_guides_folder,
            program::read_own_guides,
            program::cancel,
            projects::list_projects,
            projects::create_project,
            projects::open_project,
            projects::refresh_project,
            projects::remove_project,
            projects::restore_project,
            projects::remember_place,
            projects::sign_in,
            projects::sign_in_in_browser,
            projects::audit_log,
            licence_keys::licence_keys,
            licence_keys::register_licence_key,
            licence_keys::remove_licence_key,
            domains::add_domains,
            domains::remove_domain,
            domains::sharing,
            domains::take_domains,
            domains::check_domain,
            domains::domain_commands,
            domains::domain_history,
            domains::check_any_domain,
            resolvers::resolvers,
            resolvers::set_resolvers,
            resolvers::compare_domain,
            resolvers::compare_domain_over_https,
            resolvers::compare_report,
            resolvers::compare_report_over_https,
            domain_connect::dns_host_named,
            domain_connect::ask_dns_host,
            domain_connect::open_dns_panel,
            record::record_sheet,
            record::save_record_page,
            record::mail_record,
            record::server_operators,
            record::choose_dns_host,
            record::qr_code,
            helpdesk::save_report,
            helpdesk::open_report,
            helpdesk::read_dropped_report,
            helpdesk::read_domain_list,
            helpdesk::choose_domain_list,
            helpdesk::read_dropped_list,
            helpdesk::save_csv,
            app_registration::edit_app_registration,
            groups::edit_groups,
            saml::edit_saml,
            saml::read_dropped_metadata,
            saml::choose_metadata,
            saml::paste_metadata,
            saml::fetch_metadata,
            saml::fetch_metadata_again,
            saml::find_entities,
            saml::check_metadata_signature,
            saml::choose_entity,
            saml::set_saml_options,
            saml::save_sp_metadata,
            saml::edit_rollover,
            certificates::list_certificates,
            certificates::inspect_certificates,
            certificates::choose_certificates,
            certificates::read_dropped_certificates,
            certificates::save_reminders,
            keycloak::map_keycloak_groups,
            polis::take_polis_directory,
            polis::redirect_polis,
            polis::begin_polis_sign_in,
            polis::say_polis_sign_in,
            polis::polis_sign_ins,
            portal::edit_portal,
            portal::choose_sp_metadata,
            portal::paste_sp_metadata,
            support::edit_support,
            support::save_package,
            support::write_package_mail,
            scim::edit_scim,
            scim::keep_scim_token,
            scim::issue_scim_token,
            scim::revoke_scim_token,
            scim::scim_calls,
            scim::copy_scim_token,
            scim::rehearse_provisioning,
            users::edit_users,
            users::look_for_users,
            backup_login::edit_backup_login,
            steps::confirm,
            steps::mark_step,
            steps::push_step,
            steps::resolve_conflict,
            activation::activate,
            activation::deactivate,
            guide::guide,
            guide::edit_walk,
            sign_in::check_answer,
            sign_in::choose_answer,
            sign_in::read_dropped_answer,
            sign_in::start_sign_in_test,
            sign_in::follow_sign_in_test,
            sign_in::forget_sign_in_test,
            explain::explain,
            explain::diagnoses,
            together::hand_over,
            together::take_back,
            together::open_hand_over,
            together::open_dropped_hand_over,
            together::open_given_hand_over,
            together::save_result,
            together::resolve_hand_over,
            together::save_dossier,
            together::save_user_page,
            switching::plan_switch,
            switching::switch_project,
            switching::undo_switch,
            watching::watch_list,
            watching::watch_record,
            watching::watch_project_domain,
            watching::pause_watch,
            watching::remove_watch,
            watching::restore_watch,
            watching::check_watched,
            watching::background,
            watching::keep_watching,
            watching::quit,
        ])
        .events(collect_events![
            FileHover,
            FileDropped,
            FileGiven,
            Closing,
            CheckProgress,
            RehearsalProgress,
            WatchListChanged,
            WatchNews,
            WatchOpened
        ])
}

/// Where the TypeScript lies in a checkout.
pub fn bindings_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/bindings/index.ts")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `UPDATE_BINDINGS=1` writes the file anew.
    #[test]
    fn bindings_are_as_committed() {
        let folder = tempfile::tempdir().unwrap();
        let written = folder.path().join("index.ts");
        builder().export(specta_typescript::Typescript::default(), &written).unwrap();
        let fresh = std::fs::read_to_string(&written).unwrap();
        let file = bindings_file();
        if std::env::var_os("UPDATE_BINDINGS").is_some() {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, &fresh).unwrap();
        }
        let committed = std::fs::read_to_string(&file).unwrap();
        assert!(fresh == committed, "the bindings differ from the commands: run `cargo xtask bindings`");
    }
}
