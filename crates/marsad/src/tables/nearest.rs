/// The word of a list that a misspelt word most likely is; `None` where none is near. Case does not count.
///
/// ```
/// use marsad::tables::nearest;
///
/// assert_eq!(nearest("asault", &["agree", "assault", "aid"]), Some("assault"));
/// assert_eq!(nearest("xyz", &["agree", "assault"]), None);
/// ```
#[must_use]
pub fn nearest<'a>(word: &str, list: &[&'a str]) -> Option<&'a str> {
    let folded: Vec<char> = word.to_lowercase().chars().take(64).collect();
    let most = (folded.len() / 3).clamp(1, 4);
    let distance = |candidate: &str| edits(&folded, &candidate.to_lowercase().chars().collect::<Vec<_>>());
    list.iter().map(|&c| (distance(c), c)).filter(|(d, c)| *d <= most && *d < c.chars().count()).min_by_key(|(d, _)| *d).map(|(_, c)| c)
}

/// How many letters must be put in, left out, changed or swapped with the next.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i];
        for j in 1..=b.len() {
            let change = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let swap = if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] { before[j - 2] + 1 } else { usize::MAX };
            next.push(change.min(row[j] + 1).min(next[j - 1] + 1).min(swap));
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}
