import process from 'node:process';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const SERVER = 'http://localhost:4600';

// biome-ignore lint/style/noDefaultExport: Vite asks for it
export default defineConfig(({ command }) => {
  // Tests start the server with an environment of their own; what is built is for use all the same.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    base: '/',
    plugins: [react()],
    build: {
      outDir: 'dist',
      target: 'es2023',
      rolldownOptions: {
        // Zod stands in one file with what has to run before it.
        output: { codeSplitting: { groups: [{ name: 'zod', test: /strict-policy|node_modules\/zod\// }] } },
      },
    },
    server: { proxy: { '/v1': SERVER, '/log': SERVER } },
  };
});
