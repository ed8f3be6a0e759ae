// A date field shows its day the way the browser's own language writes days; where that is not Vietnamese, the chosen
// day stands below it as this program writes it, so that 05/3 is never read as 3 May.
export function dates(): void {
  if (navigator.language.toLowerCase().startsWith("vi")) return;
  for (const input of document.querySelectorAll<HTMLInputElement>(".field input[type=date]")) {
    const said = document.createElement("p");
    said.className = "day-said";
    said.setAttribute("aria-live", "polite");
    input.after(said);
    const tell = (): void => {
      const [year, month, day] = input.value.split("-");
      said.textContent = year && month && day ? `${day}/${Number(month) < 3 ? month : Number(month)}/${year}` : "";
    };
    input.addEventListener("input", tell);
    tell();
  }
}
