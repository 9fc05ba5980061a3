// What lib/vendor/jsonata.ts hands out: the synchronous twin of jsonata (synchronous-jsonata.mjs).
module.exports = require('jsonata');
