// `level` loads a native addon. dynalite needs it only for a database on disk, which Baton never asks for.
exports.Level = class Level {
  constructor() {
    throw new Error('the bundled dynalite keeps its tables in memory only');
  }
};
