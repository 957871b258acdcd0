module.exports = require('./libs.cjs')({ machine: false });
