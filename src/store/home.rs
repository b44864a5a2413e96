//! Who this home is: a number drawn once, so that what is exported from it keeps its identifiers wherever it is copied.
//!
//! ```text
//! <data>/home.json
//! ```

use std::fs;
use std::io::ErrorKind;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Store, StoreError, disk};

/// The version of the file this program writes, and the newest it reads.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Record {
    v: u32,
    home: Uuid,
}

#[derive(Deserialize)]
struct VersionOnly {
    v: u32,
}

impl Store {
    /// The home's own identifier; drawn and kept when it is first asked for.
    ///
    /// # Errors
    /// Where the file can be neither read nor made, or a newer whybuy wrote it. A file that is spoilt is no reason to draw
    /// another: every identifier would change.
    pub fn home(&self) -> Result<Uuid, StoreError> {
        let path = self.data.join("home.json");
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let home = Uuid::new_v4();
                let record = Record { v: VERSION, home };
                let json = serde_json::to_string(&record).expect("a record is plain");
                disk::replace(&path, json.as_bytes()).map_err(StoreError::io(&path))?;
                return Ok(home);
            }
            Err(error) => return Err(StoreError::io(&path)(error)),
        };
        let spoilt = |error: serde_json::Error| StoreError::Headless {
            path: path.clone(),
            why: error.to_string(),
        };
        let VersionOnly { v } = serde_json::from_slice(&bytes).map_err(spoilt)?;
        if v > VERSION {
            return Err(StoreError::Newer {
                path: path.clone(),
                version: v,
            });
        }
        let record: Record = serde_json::from_slice(&bytes).map_err(spoilt)?;
        Ok(record.home)
    }
}
