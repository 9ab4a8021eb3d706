import { defineConfig } from 'vite';
import { alias } from './vite.paths.ts';

/** The benchmarks and their child processes; not part of what is shipped. */
export default defineConfig({
  resolve: { alias },
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/bench',
    emptyOutDir: true,
    minify: false,
    rollupOptions: {
      input: {
        main: 'test/bench/main.ts',
        'load-process': 'test/bench/load-process.ts',
        'bare-broker-process': 'test/bench/bare-broker-process.ts',
      },
      // All in one folder: the parts find each other, and the server beside them, by their own address.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
