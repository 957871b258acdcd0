// What a thread finds around it.
'use strict';

module.exports = () => ({ environment: Object.keys(process.env), flags: process.execArgv });
