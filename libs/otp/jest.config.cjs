module.exports = { ...require('../../jest.preset.cjs'), displayName: 'otp', rootDir: __dirname };
