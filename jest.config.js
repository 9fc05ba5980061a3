/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Generous: a busy machine is no reason to fail.
  testTimeout: 60_000,
  // Jest leaves one core idle unless told: on two, half the machine.
  maxWorkers: '100%',
  roots: ['<rootDir>/test', '<rootDir>/examples', '<rootDir>/lambda'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.long\\.test\\.ts$'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
    ],
  },
  setupFiles: ['<rootDir>/test/setup.js'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/cdk.out'],
};
