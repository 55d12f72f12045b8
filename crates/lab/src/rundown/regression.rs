//! What weights are learned with.

/// Logistic regression by Newton's method on standardised features, with a ridge; the weights are for features as they are. A feature that never
/// varies, other than the constant 1, gets none.
pub fn regression(rows: &[Vec<f64>], labels: &[bool], ridge: f64) -> Vec<f64> {
    let Some(width) = rows.first().map(Vec::len) else { return Vec::new() };
    let n = rows.len() as f64;
    let mean: Vec<f64> = (0..width).map(|f| rows.iter().map(|r| r[f]).sum::<f64>() / n).collect();
    let spread: Vec<f64> = (0..width).map(|f| (rows.iter().map(|r| (r[f] - mean[f]).powi(2)).sum::<f64>() / n).sqrt()).collect();
    let used: Vec<usize> = (0..width).filter(|f| spread[*f] > 1e-9).collect();
    let k = used.len() + 1;
    let x = |row: &[f64]| -> Vec<f64> { used.iter().map(|&f| (row[f] - mean[f]) / spread[f]).chain([1.0]).collect() };
    let mut w = vec![0.0; k];
    for _ in 0..25 {
        let mut gradient: Vec<f64> = w.iter().enumerate().map(|(i, w)| if i + 1 < k { -ridge * w } else { 0.0 }).collect();
        let mut hessian: Vec<Vec<f64>> = (0..k).map(|i| (0..k).map(|j| if i == j { if i + 1 < k { ridge } else { 1e-6 } } else { 0.0 }).collect()).collect();
        for (row, label) in rows.iter().zip(labels) {
            let row = x(row);
            let z: f64 = row.iter().zip(&w).map(|(a, b)| a * b).sum();
            let p = 1.0 / (1.0 + (-z).exp());
            let (slip, weight) = (f64::from(u8::from(*label)) - p, (p * (1.0 - p)).max(1e-6));
            for i in 0..k {
                gradient[i] += slip * row[i];
                for j in 0..k {
                    hessian[i][j] += weight * row[i] * row[j];
                }
            }
        }
        let step = solved(hessian, gradient);
        let size: f64 = step.iter().map(|s| s * s).sum();
        w.iter_mut().zip(step).for_each(|(w, s)| *w += s);
        if size < 1e-10 {
            break;
        }
    }
    let mut out = vec![0.0; width];
    let mut bias = w[k - 1];
    for (i, &f) in used.iter().enumerate() {
        out[f] = w[i] / spread[f];
        bias -= out[f] * mean[f];
    }
    let constant = (0..width).find(|f| spread[*f] <= 1e-9 && (mean[*f] - 1.0).abs() < 1e-9);
    if let Some(f) = constant {
        out[f] = bias;
    }
    out
}

/// Gauss's elimination with the greatest pivot.
fn solved(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        let pivot = (i..n).max_by(|x, y| a[*x][i].abs().total_cmp(&a[*y][i].abs())).unwrap_or(i);
        a.swap(i, pivot);
        b.swap(i, pivot);
        if a[i][i].abs() < 1e-12 {
            continue;
        }
        for row in i + 1..n {
            let factor = a[row][i] / a[i][i];
            if factor != 0.0 {
                let (above, below) = a.split_at_mut(row);
                below[0].iter_mut().zip(&above[i]).skip(i).for_each(|(x, y)| *x -= factor * y);
                b[row] -= factor * b[i];
            }
        }
    }
    for i in (0..n).rev() {
        let rest: f64 = (i + 1..n).map(|j| a[i][j] * b[j]).sum();
        b[i] = if a[i][i].abs() < 1e-12 { 0.0 } else { (b[i] - rest) / a[i][i] };
    }
    b
}
