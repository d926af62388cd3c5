/** `17,142,887` */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** In units of a million: `17.1 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** `3.4 ms`, `412 ms` or `1.24 s` */
export function duration(ms: number): string {
  if (ms >= 999.5) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
}

/** `57 MB/s`; nothing for what took no time that a clock can tell. */
export function rate(bytes: number, ms: number): string {
  return ms < 1 ? '' : `${count(Math.round(bytes / 1000 / ms))} MB/s`;
}

/** From one number to another, in percent: `−60 %`. */
export function change(before: number, after: number): string {
  if (before === 0) return '';
  const percent = Math.round((after / before - 1) * 100);
  return percent === 0 ? '±0 %' : `${percent < 0 ? '−' : '+'}${count(Math.abs(percent))} %`;
}
