//! Adam (Kingma & Ba 2015) with a warm start, a linear decay to nothing, clipped gradients, and moments of embedding rows that move only when the row is touched.

use super::net::Gradients;

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.98;
const EPSILON: f32 = 1e-8;
const CLIP: f32 = 5.0;
const WARM: usize = 300;

#[derive(serde::Serialize, serde::Deserialize)]
pub struct Optimiser {
    rate: f32,
    steps: usize,
    step: usize,
    dense: Moments,
    embed: Moments,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Moments {
    first: Vec<f32>,
    second: Vec<f32>,
}

impl Moments {
    fn new(n: usize) -> Moments {
        Moments { first: vec![0.0; n], second: vec![0.0; n] }
    }

    fn update(&mut self, x: &mut [f32], g: &[f32], at: usize, rate: f32, scale: f32) {
        let n = x.len();
        marsad_text::parse::kernels::vectorised(
            #[inline(always)]
            || {
                let (m, v) = (&mut self.first[at..at + n], &mut self.second[at..at + n]);
                for i in 0..n {
                    let g = g[i] * scale;
                    m[i] = BETA1 * m[i] + (1.0 - BETA1) * g;
                    v[i] = BETA2 * v[i] + (1.0 - BETA2) * g * g;
                    x[i] -= rate * m[i] / (v[i].sqrt() + EPSILON);
                }
            },
        );
    }
}

impl Optimiser {
    pub fn new(dense: usize, embed: usize, rate: f32, steps: usize) -> Optimiser {
        Optimiser { rate, steps, step: 0, dense: Moments::new(dense), embed: Moments::new(embed) }
    }

    pub fn step(&mut self, dense: &mut [f32], embed: &mut [f32], row: usize, g: &Gradients) {
        self.step += 1;
        let t = self.step as f32;
        let warm = (t / WARM as f32).min(1.0);
        let decay = (1.0 - t / (self.steps as f32 + 1.0)).max(0.0);
        let corrected = (1.0 - BETA2.powf(t)).sqrt() / (1.0 - BETA1.powf(t));
        let rate = self.rate * warm * decay * corrected;
        let norm = g.dense.iter().chain(&g.embed).map(|x| f64::from(*x) * f64::from(*x)).sum::<f64>().sqrt() as f32;
        let scale = if norm > CLIP { CLIP / norm } else { 1.0 };
        self.dense.update(dense, &g.dense, 0, rate, scale);
        for (place, &r) in g.rows.iter().enumerate() {
            let at = r as usize * row;
            self.embed.update(&mut embed[at..at + row], &g.embed[place * row..(place + 1) * row], at, rate, scale);
        }
    }
}
