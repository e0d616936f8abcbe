from collections.abc import Callable, Iterator

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from loyalty.adapters.kms import KmsCipher

CODE = "GIFT-2026-7781"


@pytest.fixture
def keyed_by(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], KmsCipher]]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        kms = boto3.client("kms", region_name="eu-central-1")
        key_id = kms.create_key()["KeyMetadata"]["KeyId"]
        yield lambda secret: KmsCipher(kms, key_id, lambda: secret)


@pytest.fixture
def cipher(keyed_by: Callable[[bytes], KmsCipher]) -> KmsCipher:
    return keyed_by(b"a secret")


def test_a_code_comes_back_from_its_ciphertext(cipher: KmsCipher) -> None:
    ciphertext = cipher.encrypt(CODE, "item_1")
    assert CODE.encode() not in ciphertext
    assert cipher.decrypt(ciphertext, "item_1") == CODE


def test_the_longest_code_in_any_script_fits(cipher: KmsCipher) -> None:
    code = "码" * 200
    assert cipher.decrypt(cipher.encrypt(code, "item_1"), "item_1") == code


def test_a_code_cannot_be_read_as_another_items(cipher: KmsCipher) -> None:
    ciphertext = cipher.encrypt(CODE, "item_1")
    with pytest.raises(ClientError):
        cipher.decrypt(ciphertext, "item_2")


def test_a_fingerprint_tells_codes_and_items_apart(cipher: KmsCipher) -> None:
    mark = cipher.digest(CODE, "item_1")
    assert mark == cipher.digest(CODE, "item_1")
    assert len({mark, cipher.digest("OTHER", "item_1"), cipher.digest(CODE, "item_2")}) == 3


def test_a_fingerprint_cannot_be_found_without_the_secret(
    cipher: KmsCipher, keyed_by: Callable[[bytes], KmsCipher]
) -> None:
    guess = keyed_by(b"another secret").digest(CODE, "item_1")
    assert guess != cipher.digest(CODE, "item_1")
