// The rules are generated from the list in scripts/layers.mjs.
module.exports = require("./scripts/dependency-rules.mjs").DEPENDENCY_RULES;
