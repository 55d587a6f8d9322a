/** Properties are asked the same in each run, and a counterexample is as good as the smallest. */
import fc from 'fast-check';

fc.configureGlobal({ seed: 1, endOnFailure: true });
