const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { run } = require('./jest.preset.cjs');

/** The Jest configuration of every project that brings one: the libs, the API and its black-box tests. */
const configs = ['libs', 'apps']
  .flatMap((folder) => readdirSync(join(__dirname, folder)).map((name) => join(__dirname, folder, name)))
  .map((folder) => join(folder, 'jest.config.cjs'))
  .filter((file) => existsSync(file))
  .map((file) => require(file));

module.exports = { ...run, projects: configs.flatMap((config) => config.projects) };
