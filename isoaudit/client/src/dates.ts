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
      said.textContent = year && month && day ? written(year, month, day) : "";
    };
    input.addEventListener("input", tell);
    tell();
  }
}

function written(year: string, month: string, day: string): string {
  if (document.documentElement.lang !== "en") return `${day}/${Number(month) < 3 ? month : Number(month)}/${year}`;
  const name = new Date(2000, Number(month) - 1).toLocaleString("en-US", { month: "short" });
  return `${Number(day)} ${name} ${year}`;
}
