// What lib/vendor/dagre.ts hands out.
module.exports = require('@dagrejs/dagre');
