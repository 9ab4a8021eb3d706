import { defineConfig } from 'vite';
import { alias } from './vite.paths.ts';

/** The programs that run under Node, each as one file; npm packages stay outside. */
export default defineConfig({
  resolve: { alias },
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/server',
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    rollupOptions: {
      input: {
        main: 'apps/server/src/main.ts',
        sim: 'simulators/src/cli.ts',
        backtest: 'apps/cli/src/backtest.ts',
        quality: 'apps/cli/src/quality.ts',
        backup: 'apps/cli/src/backup.ts',
        restore: 'apps/cli/src/restore.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
