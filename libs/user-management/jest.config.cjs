module.exports = require('../../jest.preset.cjs').specsOf(__dirname);
