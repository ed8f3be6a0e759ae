// Copies the typeface of the printed papers (Tinos, the metrics of Times New Roman) with its licence to the built files.
import { copyFileSync, mkdirSync } from "node:fs";

const from = "node_modules/@expo-google-fonts/tinos";
const to = "../static/built/fonts";

mkdirSync(to, { recursive: true });
for (const cut of ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"]) {
  copyFileSync(`${from}/${cut}/Tinos_${cut}.ttf`, `${to}/Tinos_${cut}.ttf`);
}
copyFileSync(`${from}/LICENSE_FONT`, `${to}/LICENSE-Tinos.txt`);
