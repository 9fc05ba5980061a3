// What lib/vendor/dynalite.ts hands out: dynalite without its HTTP server.
const { checkTypes, checkValidations } = require('dynalite/validations/index.js');

const operation = (types, run) => ({ types, run });

exports.create = require('dynalite/db/index.js').create;
exports.checkTypes = checkTypes;
exports.checkValidations = checkValidations;
exports.operations = {
  BatchGetItem: operation(require('dynalite/validations/batchGetItem.js'), require('dynalite/actions/batchGetItem.js')),
  BatchWriteItem: operation(require('dynalite/validations/batchWriteItem.js'), require('dynalite/actions/batchWriteItem.js')),
  CreateTable: operation(require('dynalite/validations/createTable.js'), require('dynalite/actions/createTable.js')),
  DeleteItem: operation(require('dynalite/validations/deleteItem.js'), require('dynalite/actions/deleteItem.js')),
  GetItem: operation(require('dynalite/validations/getItem.js'), require('dynalite/actions/getItem.js')),
  PutItem: operation(require('dynalite/validations/putItem.js'), require('dynalite/actions/putItem.js')),
  Query: operation(require('dynalite/validations/query.js'), require('dynalite/actions/query.js')),
  Scan: operation(require('dynalite/validations/scan.js'), require('dynalite/actions/scan.js')),
  UpdateItem: operation(require('dynalite/validations/updateItem.js'), require('dynalite/actions/updateItem.js')),
};
