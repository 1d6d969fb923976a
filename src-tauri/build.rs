//! Makes Tauri ask for a permission for every command: one that `capabilities/` does not grant is refused.

use std::path::Path;

/// The file that lists every command, as the window may call it.
const IPC: &str = "src-tauri/src/ipc.rs";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed={IPC}");
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    let commands: Vec<&'static str> = commands(&std::fs::read_to_string(Path::new(IPC))?);
    let manifest = tauri_build::AppManifest::new().commands(Vec::leak(commands));
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(manifest);
    Ok(tauri_build::try_build(attributes)?)
}

/// The names between `collect_commands![` and its end, without their modules.
fn commands(source: &str) -> Vec<&'static str> {
    let list = source.split_once("collect_commands![\n").map_or("", |(_, rest)| rest);
    let list = list.split_once(']').map_or("", |(list, _)| list);
    let names =
        list.split(',').filter_map(|path| path.trim().rsplit("::").next()).filter(|name| !name.is_empty());
    names.map(|name| &*String::leak(name.to_owned())).collect()
}
