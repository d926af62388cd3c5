import type { FORMATS } from '../formats.js';
import type { Screen } from '../screen.js';
import type { Comparison } from './comparison.js';

/** The differences in the form that was asked for. */
export async function renderComparison(
  comparison: Comparison,
  format: (typeof FORMATS)['check'][number],
  screen: Screen,
): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('./comparison-text.js')).comparisonText(comparison, screen);
    case 'json':
      return JSON.stringify((await import('./comparison-json.js')).comparisonJson(comparison), null, 2);
    case 'markdown':
      return (await import('./comparison-markdown.js')).comparisonMarkdown(comparison);
    default:
      return format satisfies never;
  }
}
