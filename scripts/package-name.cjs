// Examples and benchmarks say `import ... from 'cdk-least-agency'`, as their readers will; here that means lib/.
const Module = require('node:module');
const path = require('node:path');

const source = path.join(__dirname, '..', 'lib', 'index.ts');
const resolveFilename = Module._resolveFilename;

Module._resolveFilename = (request, ...rest) =>
  resolveFilename.call(Module, request === 'cdk-least-agency' ? source : request, ...rest);
