module.exports = { ...require('../../jest.preset.cjs'), displayName: 'my-account', rootDir: __dirname };
