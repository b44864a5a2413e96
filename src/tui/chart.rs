//! A curve drawn with signs every terminal draws alike.

/// The curve of `values` (0–100) in rows of at most `width` cells, the top row first; `height` rows of curve.
pub fn curve(values: &[u8], width: usize, height: usize) -> Vec<String> {
    scaled(values, width, height, ["100%", " 50%", "  0%"])
}

/// The same with words of its own for top, middle and bottom, of four cells at most.
pub fn scaled(values: &[u8], width: usize, height: usize, words: [&str; 3]) -> Vec<String> {
    const SCALE: usize = 5;
    let columns = width.saturating_sub(SCALE).min(values.len().max(1));
    if values.is_empty() || columns == 0 || height == 0 {
        return Vec::new();
    }
    // Where there are more values than columns a column shows the last value of its share: where things stood then.
    let at = |column: usize| values[((column + 1) * values.len()).div_ceil(columns) - 1];
    // Few values are drawn wide.
    let cells = (width.saturating_sub(SCALE) / columns).clamp(1, 6);
    (0..height)
        .map(|row| {
            let (low, high) = (
                (height - 1 - row) * 100 / height,
                (height - row) * 100 / height,
            );
            let scale = match row {
                0 => words[0],
                _ if row + 1 == height => words[2],
                _ if row * 2 == height - height % 2 => words[1],
                _ => "",
            };
            let mut line = format!("{scale:>4}|");
            for column in 0..columns {
                let value = usize::from(at(column).min(100));
                let top = value > low && (value <= high) || value == 0 && low == 0;
                let sign = if top {
                    '*'
                } else if value > high {
                    ':'
                } else {
                    ' '
                };
                line.extend(std::iter::repeat_n(sign, cells));
            }
            line.trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_stands_as_high_as_its_values() {
        assert_eq!(curve(&[0, 50, 100], 8, 2), ["100%|  *", "  0%|**:"]);
    }

    #[test]
    fn more_values_than_columns_end_where_the_deal_ended() {
        let many: Vec<u8> = (0..=100).collect();
        let rows = curve(&many, 25, 4);
        assert!(rows.iter().all(|row| row.len() <= 25));
        assert!(rows[0].ends_with('*'), "{rows:?}");
        assert!(curve(&[], 40, 4).is_empty() && curve(&[1], 3, 4).is_empty());
    }
}
