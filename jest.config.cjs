const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

/** Every project that brings a Jest configuration: the libs, the API and its black-box tests. */
const projects = ['libs', 'apps']
  .flatMap((folder) => readdirSync(join(__dirname, folder)).map((name) => join(folder, name)))
  .filter((folder) => existsSync(join(__dirname, folder, 'jest.config.cjs')));

module.exports = { projects: projects.map((folder) => `<rootDir>/${folder}`) };
