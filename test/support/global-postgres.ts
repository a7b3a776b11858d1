import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the superuser of a PostgreSQL server that runs as long as the tests do. */
    postgresAdminUrl: string;
  }
}

/** Starts one PostgreSQL server for all tests. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await startPostgres();
  project.provide('postgresAdminUrl', server.adminUrl);
  return () => server.stop();
};
