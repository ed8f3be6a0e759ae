// What every page needs in the browser; pages work without it.
export {};
