// Loaded into the server's process before the server: tells who started it what is in use after a garbage collection.
process.on('message', () => void measure());

async function measure() {
  // What the first collection lets go of may hold something itself until its callbacks have run.
  for (let round = 0; round < 3; round++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send({ heldBytes: heapUsed + external, residentBytes: rss });
}

process.channel.unref();
