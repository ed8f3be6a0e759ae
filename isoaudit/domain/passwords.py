"""What a password must be like (issue: at least 14 characters of four classes, or at least 8 with a second
factor).

Hashing, making random passwords and locking accounts are the business of services. The numbers follow the
security level that the product is built to; they are lower bounds, not settings.
"""

import unicodedata

from isoaudit.domain.vocabulary import Word

LEAST_ALONE = 14
LEAST_WITH_SECOND_FACTOR = 8
LONGEST = 256  # hashing costs time: a longer text is an attack, not a password


class Weakness(Word):
    """Why a password is refused."""

    SHORT = "short", "cần ít nhất 14 ký tự", "at least 14 characters are needed"
    SHORT_WITH_SECOND_FACTOR = (
        "short_with_second_factor",
        "cần ít nhất 8 ký tự (đã bật xác thực hai lớp)",
        "at least 8 characters are needed (the second factor is on)",
    )
    LONG = "long", "không quá 256 ký tự", "at most 256 characters"
    NO_LOWER = "no_lower", "cần có chữ thường", "a lower-case letter is needed"
    NO_UPPER = "no_upper", "cần có chữ hoa", "an upper-case letter is needed"
    NO_DIGIT = "no_digit", "cần có chữ số", "a digit is needed"
    NO_SIGN = "no_sign", "cần có ký tự đặc biệt hoặc dấu cách", "a special character or a space is needed"


def normalised(password: str) -> str:
    """The password in one Unicode form, so that "ế" typed on any keyboard is the same password. Hash this
    one.
    """
    return unicodedata.normalize("NFC", password)


def weaknesses(password: str, *, second_factor: bool) -> tuple[Weakness, ...]:
    """Everything that is wrong with a password; empty when it may be used. Length counts characters, not
    bytes.
    """
    text = normalised(password)
    if len(text) > LONGEST:
        return (Weakness.LONG,)
    if second_factor:
        return (Weakness.SHORT_WITH_SECOND_FACTOR,) if len(text) < LEAST_WITH_SECOND_FACTOR else ()
    found = {
        Weakness.SHORT: len(text) < LEAST_ALONE,
        Weakness.NO_LOWER: not any(each.islower() for each in text),
        Weakness.NO_UPPER: not any(each.isupper() for each in text),
        Weakness.NO_DIGIT: not any(each.isdigit() for each in text),
        Weakness.NO_SIGN: not any(not each.isalnum() for each in text),
    }
    return tuple(weakness for weakness, there in found.items() if there)
