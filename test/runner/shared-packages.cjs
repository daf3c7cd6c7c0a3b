/**
 * Packages that a worker loads once, outside of the test files' own globals. What they give is plain data or is asked only
 * by its methods, so it does not matter that its `Array` and `Error` are not those of the test. V8 optimizes the code of
 * dynalite once instead of once in each file, and the CDK takes two seconds to load.
 */
const shared = /^(dynalite|ajv|ajv-formats|aws-cdk-lib|constructs|cdk-nag)(\/|$)/;

module.exports = {
  isShared: (name) => shared.test(name),
  loadShared: (name) => require(name),
};
