/** For each code of factory references: when it comes, and what to do. */
export const REFERENCE_ADVICE: Readonly<Record<string, readonly [when: string, next: string]>> = {
  ONEIRIC_REFERENCE_REFUSED: [
    'A factory given as text names something that must not be loaded, or cannot be read as a reference: a Node built-in, a URL, a path out of the project or into `node_modules`, anything encoded.',
    'Write `package/path#export` for an installed package, or `./path.js#export` for a file of the project.',
  ],
  ONEIRIC_REFERENCE_NOT_ALLOWED: [
    'A reference names a package that the project does not depend on directly, or that is not in `allowedPackages` where the configuration has that list. That it is installed, as a dependency of something else, is not enough. Names are compared exactly.',
    'Correct the name, or add the package: `npm install <package>`, or to `allowedPackages`. Look at what it is first: its code will run with all the rights of the application.',
  ],
  ONEIRIC_REFERENCE_NOT_FOUND: [
    'The package is not installed, its package.json does not export the subpath, or there is no such file. Paths are compared letter by letter, also where the disk takes `Cache.js` for `cache.js`; an extension is never added.',
    'Install the package, build the project, or correct the reference. Of a package with `exports` only what stands there can be named, as in an `import`.',
  ],
  ONEIRIC_REFERENCE_ESCAPES: [
    'A symbolic link, or the `main` or `exports` of a package.json, leads out of the project or of the package, or from one package into another. Where a package itself is a link, as in a workspace or with pnpm, the folder that it leads to is what counts. Nothing was run.',
    'Put the file inside, or name the package that it belongs to. In a package of somebody else it is a reason to look closer.',
  ],
  ONEIRIC_REFERENCE_FILE_INVALID: [
    'The reference leads to a folder, a pipe, a socket, a device, a file of another format than JavaScript and TypeScript, or one larger than `maxBytes` (16 MiB). Nothing was run.',
    'Name a module: `.js`, `.mjs`, `.cjs`, `.ts`, `.mts` or `.cts`.',
  ],
  ONEIRIC_REFERENCE_CHANGED: [
    'What was opened is not the file that was checked, or it grew or shrank while it was read. Something writes to the project at this moment: a build, a deployment, or somebody who tries to put another file in its place. Nothing was run.',
    'Load it again when the writing is over. Replace files by renaming a finished one. If nothing should be writing there, find out what does.',
  ],
  ONEIRIC_REFERENCE_DIGEST: [
    'A digest was asked for, and the bytes on the disk have another one; or it cannot be known which bytes run: the application had loaded the module before, or `import()` is not that of Node, as in jest.',
    'Restore the file, or have the new one approved, and give its digest. Load it before anything else imports it.',
  ],
  ONEIRIC_REFERENCE_EXPORT: [
    'The module has run, and it has no export of this name itself. Of a CommonJS module `default` is its `module.exports`.',
    'Correct the name behind `#`, or export it.',
  ],
  ONEIRIC_REFERENCE_FAILED: [
    'The module threw when it ran, has a syntax error, or imports something that is not there. `error.cause` is what was thrown. The module stays failed until the process ends, as Node has it, or until it is loaded with another `generation`.',
    'Correct what the cause says, and start again.',
  ],
  ONEIRIC_REFERENCE_OPTION_INVALID: [
    'An option of `ReferenceLoader`, or of its `load`, is unknown or cannot be what it is: a folder that is not absolute, a digest that is none.',
    'Correct the option.',
  ],
};
