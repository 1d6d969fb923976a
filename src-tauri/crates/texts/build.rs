//! The texts are part of the program, so a new file among them has to rebuild it.

fn main() {
    println!("cargo:rerun-if-changed=../../../ui/src/locales");
}
