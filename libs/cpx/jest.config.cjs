module.exports = { ...require('../../jest.preset.cjs'), displayName: 'cpx', rootDir: __dirname };
