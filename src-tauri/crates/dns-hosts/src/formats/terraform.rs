use super::is_plain;
use crate::record::ZoneRecord;

/// A resource of the provider that fits the host; without a known one, of the provider for dynamic updates (RFC 2136).
///
/// Providers differ in what they make of quotation marks and backslashes, so a value with them is not written.
pub(super) fn resource(record: &ZoneRecord, host: Option<&str>) -> Option<String> {
    if !is_plain(record) || record.value().contains(['"', '\\']) {
        return None;
    }
    let value = literal(record.value());
    let (kind, lines) = match host {
        Some("amazon-route-53") => ("aws_route53_record", aws(record, &value)),
        Some("azure-dns") => ("azurerm_dns_txt_record", azure(record, &value)),
        Some("google-cloud-dns") => ("google_dns_record_set", google(record)),
        Some("cloudflare") => ("cloudflare_dns_record", cloudflare(record)),
        _ => ("dns_txt_record_set", dynamic(record, &value)),
    };
    Some(format!("resource \"{kind}\" \"domain_verification\" {{\n{lines}}}\n"))
}

fn aws(record: &ZoneRecord, value: &str) -> String {
    let name = literal(record.name());
    let ttl = ZoneRecord::TTL;
    format!(
        "  zone_id = var.zone_id\n  name    = {name}\n  type    = \"TXT\"\n  ttl     = {ttl}\n  records = [{value}]\n"
    )
}

fn azure(record: &ZoneRecord, value: &str) -> String {
    let (name, zone, ttl) = (literal(record.host()), literal(record.zone()), ZoneRecord::TTL);
    format!(
        "  name                = {name}\n  zone_name           = {zone}\n  resource_group_name = \
         var.resource_group_name\n  ttl                 = {ttl}\n\n  record {{\n    value = {value}\n  }}\n"
    )
}

fn google(record: &ZoneRecord) -> String {
    let (name, ttl) = (literal(&format!("{}.", record.name())), ZoneRecord::TTL);
    let value = literal(&format!("\"{}\"", record.value()));
    format!(
        "  managed_zone = var.managed_zone\n  name         = {name}\n  type         = \"TXT\"\n  ttl          = \
         {ttl}\n  rrdatas      = [{value}]\n"
    )
}

fn cloudflare(record: &ZoneRecord) -> String {
    let (name, ttl) = (literal(record.name()), ZoneRecord::TTL);
    let value = literal(&format!("\"{}\"", record.value()));
    format!(
        "  zone_id = var.zone_id\n  name    = {name}\n  type    = \"TXT\"\n  ttl     = {ttl}\n  content = {value}\n"
    )
}

fn dynamic(record: &ZoneRecord, value: &str) -> String {
    let (zone, ttl) = (literal(&format!("{}.", record.zone())), ZoneRecord::TTL);
    let name = match record.host() {
        "@" => String::new(),
        host => format!("  name = {}\n", literal(host)),
    };
    format!("  zone = {zone}\n{name}  txt  = [{value}]\n  ttl  = {ttl}\n")
}

/// A string of HCL: `${` and `%{` begin a template unless the first sign is doubled.
fn literal(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace("${", "$${").replace("%{", "%%{");
    format!("\"{text}\"")
}
