/**
 * Titles are seen by every program that lists jobs, and on Windows they are file names: codes only. What is no code is
 * left out, so that nothing personal, no path and no option can stand in one.
 */
export const jobTitle = (title: string): string =>
  title
    .replaceAll(/[^A-Za-z0-9._-]/g, '')
    .replace(/^[.-]+/, '')
    .slice(0, 60) || 'document'
