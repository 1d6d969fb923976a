//! Whom to ask beside the name servers, for comparison, and what they say.

use super::Here;
use crate::ipc_error::Answer;
use crate::settings::{ChosenResolver, ResolverSettings};
use domain_check::{PublicResolver, Report, resolvers_fault};
use serde::{Deserialize, Serialize};
use wizard::ports::{Comparison, ComparisonWay};
use wizard::{Failure, FailureCode, ProjectView};

/// The resolvers, as the settings have them.
#[derive(Debug, Serialize, specta::Type)]
pub struct Resolvers {
    /// Whether any is asked.
    on: bool,
    /// Whether this computer's own resolver is among them.
    own: bool,
    /// The public ones.
    list: Vec<ChosenResolver>,
    /// Whether the list is the one the program came with.
    original: bool,
}

/// What is to hold from now on.
#[derive(Debug, Deserialize, specta::Type)]
pub struct ResolversEdit {
    /// Whether any is asked.
    on: bool,
    /// Whether this computer's own resolver is among them.
    own: bool,
    /// The public ones; nothing brings back the list the program came with.
    list: Option<Vec<TypedResolver>>,
}

/// A resolver as it was typed.
#[derive(Debug, Deserialize, specta::Type)]
pub struct TypedResolver {
    /// Who runs it.
    operator: String,
    /// Its address.
    address: String,
    /// Where it takes questions over HTTPS; empty without that.
    url: String,
    /// Whether it is asked.
    used: bool,
}

/// Which resolvers are asked for comparison.
#[tauri::command]
#[specta::specta]
pub async fn resolvers(here: Here<'_>) -> Answer<Resolvers> {
    Ok(shown(&here))
}

/// Changes which resolvers are asked.
#[tauri::command]
#[specta::specta]
pub async fn set_resolvers(here: Here<'_>, edit: ResolversEdit) -> Answer<Resolvers> {
    let list = edit.list.map(checked).transpose()?;
    let list = list.filter(|list| *list != original(&here));
    let resolvers = ResolverSettings { on: edit.on, own: edit.own, list };
    here.settings.change(|settings| settings.resolvers = resolvers)?;
    Ok(shown(&here))
}

/// Asks the resolvers about a domain of a project, when its name servers agree. Can be cancelled as `run`.
#[tauri::command]
#[specta::specta]
pub async fn compare_domain(here: Here<'_>, id: String, name: String, run: String) -> Answer<ProjectView> {
    let whom = comparison(&here, ComparisonWay::Any);
    Ok(here.runs.run(&run, here.wizard.compare_domain(&id, &name, &whom)).await?)
}

/// Asks the public resolvers over HTTPS about a domain of a project whose name servers this network keeps away. Can be
/// cancelled as `run`.
#[tauri::command]
#[specta::specta]
pub async fn compare_domain_over_https(
    here: Here<'_>,
    id: String,
    name: String,
    run: String,
) -> Answer<ProjectView> {
    let whom = comparison(&here, ComparisonWay::HttpsAlone);
    Ok(here.runs.run(&run, here.wizard.compare_domain(&id, &name, &whom)).await?)
}

/// Asks the resolvers about any domain, when its name servers agree. Can be cancelled as `run`.
#[tauri::command]
#[specta::specta]
pub async fn compare_report(here: Here<'_>, report: Report, run: String) -> Answer<Report> {
    let whom = comparison(&here, ComparisonWay::Any);
    let compare = async { Ok(here.wizard.compare_report(report, &whom).await) };
    Ok(here.runs.run(&run, compare).await?)
}

/// Asks the public resolvers over HTTPS about any domain whose name servers this network keeps away. Can be cancelled as
/// `run`.
#[tauri::command]
#[specta::specta]
pub async fn compare_report_over_https(here: Here<'_>, report: Report, run: String) -> Answer<Report> {
    let whom = comparison(&here, ComparisonWay::HttpsAlone);
    let compare = async { Ok(here.wizard.compare_report(report, &whom).await) };
    Ok(here.runs.run(&run, compare).await?)
}

fn shown(here: &Here<'_>) -> Resolvers {
    let ResolverSettings { on, own, list } = here.settings.current().resolvers;
    let original_is_shown = list.is_none();
    Resolvers { on, own, list: list.unwrap_or_else(|| original(here)), original: original_is_shown }
}

fn original(here: &Here<'_>) -> Vec<ChosenResolver> {
    all_used(&here.public_resolvers)
}

fn all_used(list: &[PublicResolver]) -> Vec<ChosenResolver> {
    list.iter().map(|one| ChosenResolver { resolver: one.clone(), used: true }).collect()
}

fn comparison(here: &Here<'_>, way: ComparisonWay) -> Comparison {
    comparison_of(here.settings.current().resolvers, &here.public_resolvers, way)
}

/// Whom the settings have asked; `original` is the list the program comes with. Over HTTPS alone nobody is asked but
/// after a press of a button that names them, whatever is switched off.
pub fn comparison_of(
    settings: ResolverSettings,
    original: &[PublicResolver],
    way: ComparisonWay,
) -> Comparison {
    let ResolverSettings { on, own, list } = settings;
    let list = list.unwrap_or_else(|| all_used(original));
    let asked = on || way == ComparisonWay::HttpsAlone;
    let used = list.into_iter().filter(|one| one.used && asked).map(|one| one.resolver);
    Comparison { public: used.collect(), own: own && on && way == ComparisonWay::Any, way }
}

fn checked(list: Vec<TypedResolver>) -> Result<Vec<ChosenResolver>, Failure> {
    let list = list.into_iter().map(typed).collect::<Result<Vec<_>, _>>()?;
    let all: Vec<PublicResolver> = list.iter().map(|one| one.resolver.clone()).collect();
    match resolvers_fault(&all) {
        None => Ok(list),
        Some(field) => Err(refused(field)),
    }
}

fn typed(one: TypedResolver) -> Result<ChosenResolver, Failure> {
    let address = one.address.trim().parse().map_err(|_| refused("address"))?;
    let url = Some(one.url.trim().to_owned()).filter(|url| !url.is_empty());
    let operator = one.operator.trim().to_owned();
    Ok(ChosenResolver { resolver: PublicResolver { operator, address, url }, used: one.used })
}

fn refused(field: &str) -> Failure {
    let failure = Failure::new(FailureCode::InvalidInput, format!("{field} of a resolver"));
    failure.on(format!("resolver-{field}")).hint(&format!("resolver-{field}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(operator: &str, address: &str, url: &str) -> TypedResolver {
        TypedResolver { operator: operator.into(), address: address.into(), url: url.into(), used: true }
    }

    #[test]
    fn what_is_typed_is_trimmed_and_what_cannot_be_asked_is_refused_by_its_field() {
        let list = checked(vec![one(" Example ", " 192.0.2.1 ", " ")]).unwrap();
        assert_eq!((list[0].resolver.operator.as_str(), &list[0].resolver.url), ("Example", &None));
        let field = |typed: TypedResolver| checked(vec![typed]).unwrap_err().field.unwrap_or_default();
        assert_eq!(field(one("Example", "dns.example", "")), "resolver-address");
        assert_eq!(field(one("", "192.0.2.1", "")), "resolver-operator");
        assert_eq!(field(one("Example", "192.0.2.1", "http://dns.example/")), "resolver-url");
    }
}
