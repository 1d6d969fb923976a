use fast_qr::{ECL, QRBuilder};
use serde::{Deserialize, Serialize};

/// A QR code (ISO/IEC 18004) as one path of SVG, in units of modules, without the quiet zone around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct QrCode {
    /// Modules on a side.
    pub size: u32,
    /// The dark modules, for the attribute `d` of a `path`.
    pub path: String,
}

/// Modules that stay light around a code.
const QUIET: u32 = 4;

/// A text as QR code; `None` when it is too long for one.
pub fn qr_code(text: &str) -> Option<QrCode> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for row in 0..code.size {
        let mut column = 0;
        while column < code.size {
            let dark = (column..code.size).take_while(|at| code[row][*at].value()).count();
            if dark > 0 {
                path.push_str(&format!("M{column} {row}h{dark}v1h-{dark}z"));
            }
            column += dark.max(1);
        }
    }
    Some(QrCode { size: u32::try_from(code.size).ok()?, path })
}

impl QrCode {
    /// The code as SVG, with its quiet zone, `label` for who does not see it. `label` has to be safe in an attribute.
    pub fn svg(&self, label: &str) -> String {
        let side = self.size + 2 * QUIET;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-{QUIET} -{QUIET} {side} {side}\" role=\"img\" \
             aria-label=\"{label}\" shape-rendering=\"crispEdges\"><rect x=\"-{QUIET}\" y=\"-{QUIET}\" \
             width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{}\" fill=\"#000\"/></svg>",
            self.path
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The three finder patterns of the standard, drawn out of the path.
    #[test]
    fn the_path_draws_the_code() {
        let code = qr_code("_x.contoso.test TXT token=abc").unwrap();
        let size = usize::try_from(code.size).unwrap();
        let mut dark = vec![vec![false; size]; size];
        for bar in code.path.split('M').skip(1) {
            let (at, rest) = bar.split_once('h').unwrap();
            let (column, row) = at.split_once(' ').unwrap();
            let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
            let (column, row): (usize, usize) = (column.parse().unwrap(), row.parse().unwrap());
            dark[row][column..column + length].fill(true);
        }
        let finder = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"];
        for (top, left) in [(0, 0), (0, size - 7), (size - 7, 0)] {
            for (row, line) in finder.iter().enumerate() {
                let drawn: String = dark[top + row][left..left + 7]
                    .iter()
                    .map(|dark| if *dark { '#' } else { '.' })
                    .collect();
                assert_eq!(&drawn, line);
            }
        }
    }

    #[test]
    fn what_fits_no_code_is_none() {
        assert!(qr_code(&"a".repeat(5_000)).is_none());
    }
}
