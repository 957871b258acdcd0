module.exports = { ...require('../../jest.preset.cjs'), displayName: 'administration', rootDir: __dirname };
