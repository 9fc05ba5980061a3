// aws-cdk-lib validates every template at synth with a WebAssembly engine: two seconds and 300 MB per Jest worker.
// test/examples/template-validation.long.test.ts turns it on again, once for all templates.
process.env.CDK_VALIDATION ??= 'false';
