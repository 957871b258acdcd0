module.exports = require('./libs.cjs')({ machine: true });
