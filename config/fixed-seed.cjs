// A mutant has to be judged by the same cases each time: random ones would notice it in one run and not in the next.
require("fast-check").configureGlobal({ seed: 20261102 });
