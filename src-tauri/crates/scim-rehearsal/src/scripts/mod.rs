//! The sequences, one file an identity provider.

mod connection;
mod entra;
mod entra_optscim;
mod groups;
mod okta;
mod pingone;
mod read;
mod users;

use crate::plan::Part;
use crate::rehearsal::Ended;
use crate::stage::Stage;

/// Plays the stage's part.
pub(crate) async fn play(stage: &mut Stage<'_>) -> Result<(), Ended> {
    match stage.part {
        Part::Endpoint => connection::play(stage).await,
        Part::Entra => entra::play(stage).await,
        Part::EntraOptscim => entra_optscim::play(stage).await,
        Part::Okta => okta::play(stage).await,
        Part::Pingone => pingone::play(stage).await,
    }
}
