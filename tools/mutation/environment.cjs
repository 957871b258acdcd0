const { TestEnvironment } = require('jest-environment-node');

/** Passes the names of Stryker's requested tests to specs.cjs. */
module.exports = class extends TestEnvironment {
  handleTestEvent(event) {
    if (event.name === 'setup') this.global.askedTests = event.testNamePattern?.replaceAll('\\', '');
  }
};
