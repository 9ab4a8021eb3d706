import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { inspectFiles } from './apps/web/inspect-files.ts';
import { alias } from './vite.paths.ts';

const apiOfDevelopment = process.env['ANMAI_WEB_API'] ?? 'http://127.0.0.1:3000';

/** The page. `dist/web` is served by the program itself, at `/`, beside the interface. */
export default defineConfig({
  root: 'apps/web',
  plugins: [react(), inspectFiles()],
  resolve: { alias },
  server: { proxy: { '/api': apiOfDevelopment } },
  worker: { format: 'es' },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // The map and the chart library are chunks of their own, loaded after the shell.
    chunkSizeWarningLimit: 1_200,
    rolldownOptions: {
      // The centre; the inspector's page, which opens without a line; and what keeps the latter.
      input: {
        index: 'apps/web/index.html',
        inspect: 'apps/web/inspect.html',
        'inspect-sw': 'apps/web/src/inspect/worker.ts',
      },
      output: {
        entryFileNames: ({ name }) => (name === 'inspect-sw' ? 'inspect-sw.js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|@tanstack)[\\/]/ },
            { name: 'antd', test: /node_modules[\\/](antd|@ant-design|@rc-component)[\\/]/ },
          ],
        },
      },
    },
  },
});
