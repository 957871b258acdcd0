const { TestEnvironment } = require('jest-environment-node');

/** Hands the names of the tests that Stryker asks for to specs.cjs. */
module.exports = class extends TestEnvironment {
  handleTestEvent(event) {
    if (event.name === 'setup') this.global.askedTests = event.testNamePattern?.replaceAll('\\', '');
  }
};
