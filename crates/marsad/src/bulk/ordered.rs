//! Work on all cores, results in order, a bounded amount of it under way.

use std::{
    collections::BTreeMap,
    num::NonZeroUsize,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

/// Results in the order of the items they were made from.
///
/// The workers take items themselves, one at a time under a lock; nobody takes another one while items of more than `budget` bytes are taken but
/// not yet handed out, so that neither a slow item nor a slow reader of the results lets them pile up. Dropping it ends the workers after the
/// item at hand.
pub(super) struct Ordered<R> {
    results: Receiver<Numbered<R>>,
    early: BTreeMap<u64, (usize, R)>,
    next: u64,
    gate: Arc<Gate>,
}

/// An item's number, its weight in bytes, and what was made of it.
type Numbered<R> = (u64, usize, R);

/// What [`Ordered::next_within`] found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next<R> {
    /// The next result.
    Ready(R),
    /// It is not there yet.
    NotYet,
    /// There are no more.
    End,
}

impl<R: Send + 'static> Ordered<R> {
    /// Starts the workers. `items` gives each item with its weight in bytes; every worker has a scratch of its own.
    pub(super) fn start<T, S, I, W>(items: I, threads: NonZeroUsize, budget: usize, work: W) -> Ordered<R>
    where
        S: Default,
        I: Iterator<Item = (usize, T)> + Send + 'static,
        W: Fn(T, &mut S) -> R + Send + Sync + 'static,
    {
        let gate = Arc::new(Gate::new(budget));
        let source = Arc::new(Mutex::new((0..).zip(items.fuse())));
        let work = Arc::new(work);
        let (sender, results) = mpsc::channel();
        for _ in 0..threads.get() {
            let (gate, source, work, sender) = (Arc::clone(&gate), Arc::clone(&source), Arc::clone(&work), sender.clone());
            thread::spawn(move || worker(&gate, &source, &*work, &sender));
        }
        Ordered { results, early: BTreeMap::new(), next: 0, gate }
    }

    /// The next result, waited for at most so long.
    pub(super) fn next_within(&mut self, patience: Duration) -> Next<R> {
        loop {
            if let Some((weight, result)) = self.early.remove(&self.next) {
                self.next += 1;
                self.gate.leave(weight);
                return Next::Ready(result);
            }
            match self.results.recv_timeout(patience) {
                Ok((number, weight, result)) => {
                    self.early.insert(number, (weight, result));
                }
                Err(RecvTimeoutError::Timeout) => return Next::NotYet,
                Err(RecvTimeoutError::Disconnected) => return Next::End,
            }
        }
    }
}

impl<R> Drop for Ordered<R> {
    fn drop(&mut self) {
        self.gate.close();
    }
}

fn worker<T, S: Default, R>(
    gate: &Gate,
    source: &Mutex<impl Iterator<Item = (u64, (usize, T))>>,
    work: &impl Fn(T, &mut S) -> R,
    sender: &Sender<Numbered<R>>,
) {
    let mut scratch = S::default();
    loop {
        let (number, weight, item) = {
            let mut source = locked(source);
            if !gate.wait() {
                return;
            }
            let Some((number, (weight, item))) = source.next() else { return };
            gate.enter(weight);
            (number, weight, item)
        };
        if sender.send((number, weight, work(item, &mut scratch))).is_err() {
            return;
        }
    }
}

/// Counts the bytes under way.
struct Gate {
    budget: usize,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    under_way: usize,
    closed: bool,
}

impl Gate {
    fn new(budget: usize) -> Gate {
        Gate { budget, state: Mutex::new(State { under_way: 0, closed: false }), changed: Condvar::new() }
    }

    /// Waits until less than the budget is under way, so that one item of any size passes; false when nothing more is wanted.
    fn wait(&self) -> bool {
        let mut state = locked(&self.state);
        while !state.closed && state.under_way >= self.budget {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        !state.closed
    }

    fn enter(&self, weight: usize) {
        locked(&self.state).under_way += weight;
    }

    fn leave(&self, weight: usize) {
        locked(&self.state).under_way -= weight;
        self.changed.notify_all();
    }

    fn close(&self) {
        locked(&self.state).closed = true;
        self.changed.notify_all();
    }
}

/// Nothing here leaves its data half-changed when it panics.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::{
        num::NonZeroUsize,
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
        thread,
        time::Duration,
    };

    use super::{Next, Ordered};

    const LONG: Duration = Duration::from_secs(60);

    fn threads(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap()
    }

    fn all<R: Send + 'static>(ordered: &mut Ordered<R>) -> Vec<R> {
        let mut all = Vec::new();
        while let Next::Ready(result) = ordered.next_within(LONG) {
            all.push(result);
        }
        all
    }

    #[test]
    fn order_is_kept_whatever_takes_long() {
        for n in [1, 2, 7] {
            let items = (0..200u64).map(|i| (1, i));
            let mut ordered = Ordered::start(items, threads(n), 10, |i: u64, (): &mut ()| {
                thread::sleep(Duration::from_micros((i * 37) % 500));
                i * i
            });
            assert_eq!(all(&mut ordered), (0..200).map(|i| i * i).collect::<Vec<u64>>());
        }
    }

    #[test]
    fn no_more_than_the_budget_is_taken() {
        let taken = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&taken);
        let items = (0..1000).map(move |i| (10, counter.fetch_add(1, Ordering::SeqCst) + i));
        let mut ordered = Ordered::start(items, threads(4), 50, |_, (): &mut ()| ());
        assert_eq!(ordered.next_within(LONG), Next::Ready(()));
        thread::sleep(Duration::from_millis(50));
        // Five under way, and one more in place of the one handed out.
        assert!(taken.load(Ordering::SeqCst) <= 6);
        assert_eq!(all(&mut ordered).len(), 999);
    }

    #[test]
    fn an_item_larger_than_the_budget_passes() {
        let mut ordered = Ordered::start([(1_000_000, 'a'), (1, 'b')].into_iter(), threads(2), 10, |c, (): &mut ()| c);
        assert_eq!(all(&mut ordered), ['a', 'b']);
    }

    #[test]
    fn giving_up_ends_the_workers() {
        let alive = Arc::new(());
        let held = Arc::clone(&alive);
        let ordered = Ordered::start((0..).map(|i| (1, i)), threads(3), 5, move |i: u64, (): &mut ()| {
            let _ = &held;
            i
        });
        drop(ordered);
        while Arc::strong_count(&alive) > 1 {
            thread::yield_now();
        }
    }
}
