"""Codes at rest, encrypted by KMS. Without the key they cannot be read, whoever has the table."""

import hashlib
import hmac
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient


class KmsCipher:
    """Encrypts each code under one key, its item as the encryption context.

    Codes are far below the 4 KB that KMS encrypts itself, so there are no data keys to look after.
    A ciphertext that was copied to another item cannot be decrypted there.

    ``digest_key`` gives the secret that keys the fingerprints; it is asked for on first use.
    """

    def __init__(self, kms: "KMSClient", key_id: str, digest_key: Callable[[], bytes]) -> None:
        self._kms = kms
        self._key_id = key_id
        self._digest_key = digest_key

    def digest(self, code: str, item_id: str) -> str:
        """Return the code's fingerprint: keyed, so that short codes cannot be guessed from it."""
        # The words before the code keep this apart from whatever else the secret signs.
        message = f"code of {item_id}\n{code}".encode()
        return hmac.new(self._digest_key(), message, hashlib.sha256).hexdigest()

    def encrypt(self, code: str, item_id: str) -> bytes:
        """Return the ciphertext, bound to its item."""
        reply = self._kms.encrypt(
            KeyId=self._key_id,
            Plaintext=code.encode(),
            EncryptionContext={"item": item_id},
        )
        return reply["CiphertextBlob"]

    def decrypt(self, ciphertext: bytes, item_id: str) -> str:
        """Return the code."""
        reply = self._kms.decrypt(
            KeyId=self._key_id,
            CiphertextBlob=ciphertext,
            EncryptionContext={"item": item_id},
        )
        return reply["Plaintext"].decode()
